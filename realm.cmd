@echo off
rem The command line of realm4knime on Windows, as realm is elsewhere: builds what is missing, then runs Java.
rem It does not see that sources are newer than what was built. To build again, delete the folder
rem headless\org.realm4knime.headless\target.
rem REALM_JAVA_OPTS adds options for Java; with REALM_BUILD=never nothing is built.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0."

if not "%PROCESSOR_ARCHITECTURE%"=="AMD64" (
  echo realm: there is no PyTorch library for Windows on %PROCESSOR_ARCHITECTURE%; on x86-64 there is one. >&2
  exit /b 1
)

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
rem an option that Java knows from 17 on
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 (
  echo realm: Java is missing or older than 17. Install a JDK 17 or newer and set JAVA_HOME to it. >&2
  exit /b 1
)

set "class_path="
set "missing="
for %%j in (
  headless\org.realm4knime.headless\target\org.realm4knime.headless.jar
  headless\org.knime.core\target\org.knime.core.jar
  headless\org.knime.core.ui\target\org.knime.core.ui.jar
  nodes\target\org.realm4knime.nodes.jar
  samples\target\org.realm4knime.samples.jar
  plugin\target\org.realm4knime.engine.jar
  natives\win-x86_64\lib\pytorch-native-cpu.jar
) do call :jar "%root%\%%j"

if not defined missing goto run
if "%REALM_BUILD%"=="never" goto run
where mvn >nul 2>&1
if errorlevel 1 (
  echo realm: Maven is missing. Install version 3.9 or newer and put its bin folder on the PATH. >&2
  exit /b 1
)
echo building, the first run takes a few minutes... >&2
pushd "%root%"
call mvn -B -q -Dmaven.test.skip -Dspotless.check.skip package ^
  -pl headless/org.realm4knime.headless,natives/win-x86_64 -am >&2
set "code=%ERRORLEVEL%"
popd
if not "%code%"=="0" (
  echo realm: the build failed; the messages above say why. >&2
  exit /b 1
)

:run
set "class_path=%class_path%%root%\plugin\lib\*;%root%\headless\org.realm4knime.headless\target\lib\*"
set "OPT_OUT_TRACKING=true"
"%java%" -XX:MaxRAMPercentage=40 -XX:+UseSerialGC -Djava.awt.headless=true -Dai.djl.offline=true ^
  --enable-native-access=ALL-UNNAMED -Djdk.console=java.base -Dfile.encoding=UTF-8 %REALM_JAVA_OPTS% ^
  -cp "%class_path%" org.realm4knime.headless.Main %*
exit /b %ERRORLEVEL%

:jar
set "class_path=%class_path%%~1;"
if not exist "%~1" set "missing=yes"
exit /b 0
