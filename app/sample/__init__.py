"""示例: the invented branch."""
