package linter

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// found is what stands at a path, with what is in it where it is a folder.
type found struct {
	path  string
	entry fs.DirEntry
	inner []*found
	// err says why the folder could not be read, or not to its end.
	err error
}

// crew reads folders, several at once.
type crew struct {
	ctx   context.Context
	spare chan struct{}
	work  sync.WaitGroup
}

// readFolders reads a folder and all below it, but those of other tools.
// Symbolic links are not followed.
func readFolders(ctx context.Context, path string) (*found, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, plainPathError(err)
	}
	top := &found{path: path, entry: fs.FileInfoToDirEntry(info)}
	if info.IsDir() {
		c := &crew{ctx: ctx, spare: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
		c.read(top)
		c.work.Wait()
	}
	return top, ctx.Err()
}

func (c *crew) read(at *found) {
	if c.ctx.Err() != nil {
		return
	}
	entries, err := os.ReadDir(at.path)
	at.err = err
	at.inner = make([]*found, len(entries))
	for i, entry := range entries {
		at.inner[i] = &found{path: filepath.Join(at.path, entry.Name()), entry: entry}
	}
	for _, sub := range at.inner {
		if !sub.entry.IsDir() || isOfOtherTools(sub.entry) {
			continue
		}
		select {
		case c.spare <- struct{}{}:
			c.work.Go(func() {
				c.read(sub)
				<-c.spare
			})
		default:
			c.read(sub)
		}
	}
}

// isOfOtherTools says whether a folder is passed over.
func isOfOtherTools(entry fs.DirEntry) bool {
	return slices.Contains(skippedDirs, entry.Name())
}
