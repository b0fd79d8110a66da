// Command aksnetlint judges the AKS network settings of Kubernetes manifests
// and ARM templates before they are deployed.
package main

import (
	"context"
	"os"
)

func main() {
	collectLater()
	ctx := withSignals(context.Background())
	os.Exit((&command{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}).run(ctx, os.Args[1:]))
}
