// Package cache keeps files that can be made again in a folder of the user's.
package cache

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// maxAge is how long a file is kept after it was written.
const maxAge = 30 * 24 * time.Hour

// prefix marks the files that this package may remove: the folder may be one that
// the user keeps other things in.
const prefix = "aksnetlint-"

// Read returns a regular file of the folder. The limit is in bytes: a larger
// file is an error.
func Read(folder, name string, limit int64) ([]byte, error) {
	path := pathOf(folder, name)
	// Opening anything else, a pipe above all, could wait for ever.
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("reading the cache: %s is no regular file (%w)", path, errors.Join(err, fs.ErrInvalid))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the cache: %w", err)
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading the cache: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("reading the cache: %s has more than %d bytes", path, limit)
	}
	return data, nil
}

// Write puts a file into the folder, which it makes where it is missing, in
// one step: readers see the old file or the new one. Files that are older than
// 30 days are removed.
func Write(folder, name string, data []byte) error {
	if err := write(folder, name, data); err != nil {
		return fmt.Errorf("writing the cache: %w", err)
	}
	prune(folder, time.Now().Add(-maxAge))
	return nil
}

func pathOf(folder, name string) string { return filepath.Join(folder, prefix+name) }

func write(folder, name string, data []byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// CreateTemp makes the file readable for the user alone.
	file, err := os.CreateTemp(folder, prefix+"new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), pathOf(folder, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// prune removes the files of this package that were written before a time.
func prune(folder string, before time.Time) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(entry.Name(), prefix) || !info.ModTime().Before(before) {
			continue
		}
		// Another process may have removed it.
		_ = os.Remove(filepath.Join(folder, entry.Name()))
	}
}
