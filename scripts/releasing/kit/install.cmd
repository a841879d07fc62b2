@echo off
rem Install fugong without a network and without rights: install.cmd [FOLDER]
rem Needs Python 3.11 or later (py or python); who has none takes the zip for Windows.
setlocal
set "home=%~1"
if not defined home set "home=%LOCALAPPDATA%\Programs\fugong"
set "version="
for %%p in ("py -3" python python3) do if not defined version call :try %%~p
if not defined version (
  echo No Python that this kit is for was found. The zip for Windows brings its own. 1>&2
  exit /b 1
)
%run% -m venv --clear --without-pip "%home%" || exit /b 1
for %%f in ("%~dp0wheels\pip-*.whl") do set "pip=%%~ff"
"%home%\Scripts\python.exe" "%pip%\pip" install -q --no-index --no-deps --require-hashes --no-cache-dir --disable-pip-version-check --find-links "%~dp0wheels" -r "%~dp0requirements-%version%.txt" || exit /b 1
"%home%\Scripts\fugong.exe" --version || exit /b 1
echo Done. Run: "%home%\Scripts\fugong.exe" init
exit /b 0

:try
for /f %%v in ('%* -c "import sys; print('%%d.%%d' %% sys.version_info[:2])" 2^>nul') do if exist "%~dp0requirements-%%v.txt" (
  set "version=%%v"
  set "run=%*"
)
exit /b 0
