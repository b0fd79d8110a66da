package linter

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// configuredParameters reads the parameter files that the configuration gives
// to templates, by index into documents. Templates that this run does not read
// are left out; one that does not exist is a mistake in the configuration.
func (r *run) configuredParameters(ctx context.Context, documents []document) (map[int][]*source.Document, error) {
	c := r.opts.Config
	if c == nil || len(c.ParameterFiles) == 0 {
		return nil, nil
	}
	templates := map[string]int{}
	for i, doc := range documents {
		if doc.class == template && !doc.companion {
			templates[r.configPath(doc.File.Path)] = i
		}
	}
	configured := map[int][]*source.Document{}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(c.ParameterFiles)) {
		i, read := templates[path.Clean(filepath.ToSlash(name))]
		if !read {
			full, err := configPath(c, name, "parameter-files", name)
			if err != nil {
				errs = append(errs, err)
			} else if _, err := os.Stat(full); err != nil {
				errs = append(errs, fmt.Errorf("%s: template %q: %w", c.Place("parameter-files", name), name, plainPathError(err)))
			}
			continue
		}
		configured[i] = []*source.Document{}
		for k, file := range c.ParameterFiles[name] {
			doc, err := r.configuredFile(ctx, name, k, file)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			configured[i] = append(configured[i], doc)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return configured, nil
}

func (r *run) configuredFile(ctx context.Context, name string, k int, file string) (*source.Document, error) {
	c := r.opts.Config
	full, err := configPath(c, file, "parameter-files", name, k)
	if err != nil {
		return nil, err
	}
	doc, err := readParameterFile(ctx, full)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Place("parameter-files", name, k), err)
	}
	return doc, nil
}

// suppliedParameters are the parameter files of each template, by index into
// documents: those of the configuration, else those that pair by name. used
// are the paths of all of them.
func suppliedParameters(documents []document, configured map[int][]*source.Document) (supplied map[int][]*source.Document, used map[string]bool) {
	supplied, used = map[int][]*source.Document{}, map[string]bool{}
	for t, list := range pairParameters(documents) {
		for _, p := range list {
			used[documents[p].File.Path] = true
			supplied[t] = append(supplied[t], documents[p].Document)
		}
	}
	for t, docs := range configured {
		supplied[t] = docs
		for _, doc := range docs {
			used[doc.File.Path] = true
		}
	}
	return supplied, used
}
