// Command aksnetlint judges the AKS network settings of Kubernetes manifests
// and ARM templates before they are deployed.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	collectLater()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := (&command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}).run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
