// Command packgen compiles the built-in rules into the file that it is given.
// Run it with go generate ./policies.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: packgen FILE")
		os.Exit(2)
	}
	if err := write(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "packgen:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, file string) error {
	packed, err := pack(ctx)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, packed, 0o644); err != nil {
		return fmt.Errorf("writing the pack: %w", err)
	}
	return nil
}

func pack(ctx context.Context) ([]byte, error) {
	var modules []engine.Module
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	packed, err := engine.WritePack(ctx, modules, engine.PackKey(policies.Sum()), sampleResources())
	if err != nil {
		return nil, fmt.Errorf("compiling the built-in rules: %w", err)
	}
	return packed, nil
}
