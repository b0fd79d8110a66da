package bundle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// Bounds of a folder or bundle.
const (
	maxFiles = 2000
	// maxFileSize bounds one file, in bytes.
	maxFileSize = 1 << 20
	// maxTotalSize bounds all files together, unpacked, in bytes.
	maxTotalSize = 64 << 20
)

// testSuffix marks Rego tests, which take no part in judging.
const testSuffix = "_test.rego"

// Contents is what a folder or bundle holds.
type Contents struct {
	// Modules are the rules and libraries, Tests the Rego unit tests, both in
	// order of path.
	Modules, Tests []engine.Module
}

func (c *Contents) add(path string, text []byte) {
	m := engine.Module{Path: path, Text: text, Custom: true}
	if strings.HasSuffix(path, testSuffix) {
		c.Tests = append(c.Tests, m)
		return
	}
	c.Modules = append(c.Modules, m)
}

// sorted is the contents in order of path, which may hold no path twice.
func (c Contents) sorted() (Contents, error) {
	for _, list := range [][]engine.Module{c.Modules, c.Tests} {
		slices.SortFunc(list, func(a, b engine.Module) int { return cmp.Compare(a.Path, b.Path) })
		for i := 1; i < len(list); i++ {
			if list[i].Path == list[i-1].Path {
				return Contents{}, fmt.Errorf("%s is there twice", list[i].Path)
			}
		}
	}
	return c, nil
}

// readFolder reads the Rego files below a folder. Folders whose names start
// with a dot are left out. Links are not followed: a rule that is one is an error.
func readFolder(ctx context.Context, root string) (Contents, error) {
	var c Contents
	files, total := 0, 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".rego":
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no regular file: links are not followed", path)
		}
		text, err := readFile(path, maxFileSize)
		if err != nil {
			return err
		}
		if files, total = files+1, total+len(text); files > maxFiles || total > maxTotalSize {
			return fmt.Errorf("%s holds more than %d Rego files or %d MiB", root, maxFiles, maxTotalSize>>20)
		}
		c.add(filepath.ToSlash(filepath.Clean(path)), text)
		return nil
	})
	if err != nil {
		return Contents{}, err
	}
	return c, nil
}

// readFile reads a regular file of at most the given size.
func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("%s is larger than %d KiB", path, limit>>10)
	}
	return text, nil
}

// plainError drops the operation that the os package puts before its errors.
func plainError(path string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return fmt.Errorf("%s: %w", pathError.Path, pathError.Err)
	}
	if err != nil && !strings.Contains(err.Error(), path) {
		return fmt.Errorf("%s: %w", path, err)
	}
	return err
}
