; The installer for Windows: for one user, without an administrator's rights. Given with /D: NAME, KEY, VERSION, BUNDLE
; (the folder of the packaged program), TARGET (the file to make), ROOT (the project), SIDE (a picture) and KILOBYTES (how large it is).
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID lzma
AllowSkipFiles off
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include WordFunc.nsh

!define PROGRAM "支部台账.exe"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define CLASSES "Software\Classes"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${REMOVAL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

Var Before

!define MUI_ICON "${ROOT}/resources/icons/program.ico"
!define MUI_UNICON "${ROOT}/resources/icons/program.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$Before$\r$\n$\r$\n只装给当前用户，不需要管理员。台账文件放在您自己选的文件夹里，安装、更新和卸载都不会动它。$\r$\n$\r$\n点“下一步”继续。"
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里都有“${NAME}”，双击台账文件（.zbtz）也会打开它。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs cannot be replaced: it holds its own file. It is asked for, never ended: something may be unsaved.
!macro CLOSED un
Function ${un}Closed
  again:
  IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${PROGRAM}" a
  IfErrors busy
  FileClose $0
  Goto closed
  busy:
  IfSilent quiet
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行。$\r$\n请先在程序里保存，再把它关掉，然后点“重试”。" IDRETRY again
  quiet:
  SetErrorLevel 2
  Quit
  closed:
FunctionEnd
!macroend
!insertmacro CLOSED ""
!insertmacro CLOSED "un."

Function .onInit
  StrCpy $Before "每次开完会填一张表，年底打印整本台账。"
  ReadRegStr $0 HKCU "${REMOVAL}" "DisplayVersion"
  ${If} $0 == "${VERSION}"
    StrCpy $Before "这台电脑上已经装有 $0 版，再装一次会把程序文件修复好。"
  ${ElseIf} $0 != ""
    StrCpy $Before "这台电脑上装有 $0 版，将更新为 ${VERSION} 版。"
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "这台电脑上装的是更新的 $0 版。$\r$\n旧版可能打不开新版保存的台账。仍要装 ${VERSION} 版吗？" /SD IDNO IDYES older
      SetErrorLevel 3
      Quit
      older:
    ${EndIf}
  ${EndIf}
FunctionEnd

; What was there before is put aside until everything new is in place, and comes back when that fails.
Function .onInstFailed
  RMDir /r "$INSTDIR\_internal"
  Rename "$INSTDIR\_internal.before" "$INSTDIR\_internal"
  IfFileExists "$INSTDIR\${PROGRAM}.before" 0 done
  Delete "$INSTDIR\${PROGRAM}"
  Rename "$INSTDIR\${PROGRAM}.before" "$INSTDIR\${PROGRAM}"
  done:
FunctionEnd

Section
  Call Closed
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal.before"
  Delete "$INSTDIR\${PROGRAM}.before"
  Rename "$INSTDIR\_internal" "$INSTDIR\_internal.before"
  Rename "$INSTDIR\${PROGRAM}" "$INSTDIR\${PROGRAM}.before"
  File /r "${BUNDLE}/*"
  File /oname=许可.txt "${ROOT}/LICENSE"
  File /oname=第三方许可.md "${ROOT}/resources/LICENSES.md"
  RMDir /r "$INSTDIR\_internal.before"
  Delete "$INSTDIR\${PROGRAM}.before"
  WriteUninstaller "$INSTDIR\卸载.exe"

  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${CLASSES}\.zbtz" "" "BranchLedger.Ledger"
  WriteRegStr HKCU "${CLASSES}\.zbtz\OpenWithProgids" "BranchLedger.Ledger" ""
  WriteRegStr HKCU "${CLASSES}\BranchLedger.Ledger" "" "支部台账文件"
  WriteRegStr HKCU "${CLASSES}\BranchLedger.Ledger\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\BranchLedger.Ledger\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'

  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "支部台账"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\卸载.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\卸载.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
SectionEnd

; Only what the program brought is removed: a ledger that somebody keeps in its folder stays, and so does the folder.
Section Uninstall
  Call un.Closed
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\_internal.before"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${PROGRAM}.before"
  Delete "$INSTDIR\许可.txt"
  Delete "$INSTDIR\第三方许可.md"
  Delete "$INSTDIR\卸载.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${REMOVAL}"
  ; The other one of the two programs may have taken the ledgers over since.
  ReadRegStr $0 HKCU "${CLASSES}\BranchLedger.Ledger\shell\open\command" ""
  ${If} $0 == '"$INSTDIR\${PROGRAM}" "%1"'
    DeleteRegKey HKCU "${CLASSES}\BranchLedger.Ledger"
    DeleteRegValue HKCU "${CLASSES}\.zbtz\OpenWithProgids" "BranchLedger.Ledger"
    DeleteRegValue HKCU "${CLASSES}\.zbtz" ""
    DeleteRegKey /ifempty HKCU "${CLASSES}\.zbtz\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.zbtz"
  ${EndIf}
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"

  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "程序已经卸载，台账和备份都还在。$\r$\n$\r$\n要不要把这台电脑上的设置、最近打开的文件名单和没有保存的草稿也删掉？以后还会再装，请选“否”。" /SD IDNO IDNO kept
  Delete "$LOCALAPPDATA\BranchLedger\*.json"
  Delete "$LOCALAPPDATA\BranchLedger\*.lock"
  Delete "$LOCALAPPDATA\BranchLedger\draft-*.db*"
  RMDir "$LOCALAPPDATA\BranchLedger"
  kept:
SectionEnd
