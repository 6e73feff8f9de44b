"""The kernel: records, rules, verbs, reports. It knows neither the screen nor the storage."""

VERSION = "0.2.0"
PROGRAM = "支部台账"
READ_APART = "--read-apart"
"""What another process of this program is started with to read a stranger's file (`app.apart`)."""
