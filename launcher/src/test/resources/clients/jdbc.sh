#!/bin/sh
# Compiles the conversation with JDBC once, then has it; $1 is the driver's jar.
[ -f "$WORK/Jdbc.class" ] || javac -encoding UTF-8 -d "$WORK" Jdbc.java || exit 1
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dstdout.encoding=UTF-8 -cp "$1:$WORK" Jdbc
