package linter

import (
	"context"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/internal/cache"
	"github.com/aksnetlint/aksnetlint/policies"
)

// maxPack bounds a pack of rules in the cache, in bytes.
const maxPack = 16 << 20

// packOf is the compiled form of the built-in modules, nil for none.
func packOf(ctx context.Context, modules []engine.Module, folder string) *engine.Pack {
	digest := make(chan string, 1)
	go func() { digest <- policies.Sum() }()
	carried, err := engine.OpenPack(policies.Pack())
	key := engine.PackKey(<-digest)
	if err == nil && carried.Key() == key {
		return carried
	}
	return packFrom(ctx, modules, key, folder)
}

// packFrom takes the pack of a key from the cache folder, or makes it and puts
// it there. Without a folder there is none: the modules are compiled from their
// text when they are needed, since nobody would use the others again.
func packFrom(ctx context.Context, modules []engine.Module, key, folder string) *engine.Pack {
	if folder == "" {
		return nil
	}
	name := key + ".pack"
	if data, err := cache.Read(folder, name, maxPack); err == nil {
		if p, err := engine.OpenPack(string(data)); err == nil && p.Key() == key {
			return p
		}
	}
	data, err := engine.WritePack(ctx, modules, key, nil)
	if err != nil {
		return nil
	}
	p, err := engine.OpenPack(string(data))
	if err != nil {
		return nil
	}
	// A cache that cannot be written costs time, not the run.
	_ = cache.Write(folder, name, data)
	return p
}
