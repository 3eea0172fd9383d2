#!/bin/sh
# Builds the conversation with Debian's go-sql-driver once, then has it.
[ -x "$WORK/go_client" ] \
  || GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$WORK/gocache go build -o "$WORK/go_client" go_client.go || exit 1
LIBRARY_VERSION=$(dpkg-query -W -f '${Version}' golang-github-go-sql-driver-mysql-dev | sed 's/-.*//') exec "$WORK/go_client"
