package linter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxFileSize bounds a file in bytes. Azure refuses templates over 4 MB, the
// API server manifests over 3 MB.
const maxFileSize = 64 << 20

// errTooLarge is returned for a file of more than maxFileSize.
var errTooLarge = fmt.Errorf("larger than %d MiB", maxFileSize>>20)

// StdinName is how standard input is called in reports.
const StdinName = "<stdin>"

// input is one file that may be judged.
type input struct {
	// path opens the file; empty for standard input.
	path string
	// name is the path as the user sees it, with forward slashes.
	name string
	// root is the folder (or the file's own folder) that was asked for: nothing
	// outside of it is read on behalf of this file.
	root string
	// named is set where the user named this very file.
	named bool
	// companion is set where the file was not asked for but may hold the
	// parameters of a template that was named.
	companion bool
}

// skippedDirs are the folders that hold other people's files or none of ours.
var skippedDirs = []string{".git", "node_modules", ".terraform"}

// listing is what discover returns.
type listing struct {
	inputs  []input
	skipped []Skipped
	err     error
}

// listFiles has discover look for files, the caller going on in the meantime.
func listFiles(ctx context.Context, paths []string) <-chan listing {
	files := make(chan listing, 1)
	go func() {
		inputs, skipped, err := discover(ctx, orHere(paths))
		files <- listing{inputs, skipped, err}
	}()
	return files
}

// orHere is the current folder where there are no paths.
func orHere(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}

// discover lists the files below the paths in an order that does not hang on
// that of the paths. A file reached by two paths is listed once. Folders are
// walked without following links.
func discover(ctx context.Context, paths []string) ([]input, []Skipped, error) {
	w := walker{seen: map[string]int{}}
	for _, path := range slices.Sorted(slices.Values(paths)) {
		if err := w.add(ctx, path); err != nil {
			return nil, nil, err
		}
	}
	slices.SortStableFunc(w.inputs, func(a, b input) int { return strings.Compare(a.name, b.name) })
	return w.inputs, w.skipped, nil
}

type walker struct {
	// seen are the indexes into inputs by absolute path.
	seen    map[string]int
	inputs  []input
	skipped []Skipped
}

func (w *walker) add(ctx context.Context, path string) error {
	if path == "-" {
		w.list(input{name: StdinName, named: true})
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, plainPathError(err))
	}
	if !info.IsDir() {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("reading %s: not a regular file (%s)", path, describeMode(info.Mode()))
		}
		w.list(input{path: path, name: displayName(path), root: filepath.Dir(path), named: true})
		w.companions(path)
		return nil
	}
	top, err := readFolders(ctx, path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	w.visit(path, top)
	return nil
}

// visit lists what was found, folders in the order of their names.
func (w *walker) visit(root string, at *found) {
	path := at.path
	if at.entry.IsDir() {
		if path != root && isOfOtherTools(at.entry) {
			w.skip(path, "folder of other tools")
			return
		}
		if at.err != nil {
			w.skip(path, "cannot be read: "+plainPathError(at.err).Error())
		}
		for _, sub := range at.inner {
			w.visit(root, sub)
		}
		return
	}
	if !hasKnownExtension(path) {
		return
	}
	switch mode := at.entry.Type(); {
	case mode.IsRegular():
		w.list(input{path: path, name: displayName(path), root: root})
	case mode&fs.ModeSymlink != 0:
		w.link(root, path)
	default:
		w.skip(path, "not a regular file ("+describeMode(mode)+")")
	}
}

// companions lists what may be the parameter files of a template that was named:
// its neighbours by name, and those in a folder called parameters.
func (w *walker) companions(path string) {
	if strings.ToLower(filepath.Ext(path)) != ".json" {
		return
	}
	dir, base := filepath.Split(path)
	for _, sub := range []string{"", "parameters"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			name := filepath.Join(dir, sub, entry.Name())
			if entry.Type().IsRegular() && name != filepath.Clean(path) && strings.ToLower(filepath.Ext(name)) == ".json" && parametersBelongTo(entry.Name(), base, false) {
				w.list(input{path: name, name: displayName(name), root: filepath.Dir(path), companion: true})
			}
		}
	}
}

// link lists a symbolic link to a regular file below the root; links out of
// the root, to folders and to nowhere are skipped with the reason.
func (w *walker) link(root, path string) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		w.skip(path, "symbolic link that leads nowhere")
		return
	}
	within, err := isWithin(root, target)
	info, statErr := os.Stat(target)
	switch {
	case err != nil || !within:
		w.skip(path, "symbolic link that leaves the folder")
	case statErr != nil || !info.Mode().IsRegular():
		w.skip(path, "symbolic link to something that is not a regular file")
	default:
		w.list(input{path: path, name: displayName(path), root: root})
	}
}

func (w *walker) list(in input) {
	key := in.name
	if in.path != "" {
		if abs, err := filepath.Abs(in.path); err == nil {
			key = abs
		}
	}
	if i, ok := w.seen[key]; ok {
		known := &w.inputs[i]
		known.named = known.named || in.named
		known.companion = known.companion && in.companion
		return
	}
	w.seen[key] = len(w.inputs)
	w.inputs = append(w.inputs, in)
}

func (w *walker) skip(path, reason string) {
	w.skipped = append(w.skipped, Skipped{File: displayName(path), Reason: reason})
}

// isWithin says whether a resolved path lies below the root, links resolved.
func isWithin(root, resolved string) (bool, error) {
	realRoot, err := filepath.EvalSymlinks(root)
	if err != nil {
		return false, err
	}
	realRoot, err = filepath.Abs(realRoot)
	if err != nil {
		return false, err
	}
	resolved, err = filepath.Abs(resolved)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(realRoot, resolved)
	return err == nil && filepath.IsLocal(rel), err
}

// hasKnownExtension says whether a file can hold a manifest or a template, or says
// which files are patches.
func hasKnownExtension(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml", ".json", ".jsonc":
		return true
	}
	return filepath.Base(path) == kustomizationName
}

// displayName is the path with forward slashes and without a leading ./.
func displayName(path string) string {
	return filepath.ToSlash(filepath.Clean(path))
}

func describeMode(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	case mode.IsDir():
		return "folder"
	}
	return "special file"
}

// plainPathError drops the operation and path that the os package puts before
// its errors: the message names the path already.
func plainPathError(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// readInput reads a file, or stdin, up to maxFileSize.
func readInput(in input, stdin io.Reader) ([]byte, error) {
	if in.path == "" {
		if stdin == nil {
			return nil, errors.New("there is no standard input")
		}
		return readBounded(stdin, 0)
	}
	// The file may have been replaced since the walk: what is opened is checked.
	file, err := os.OpenFile(in.path, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, plainPathError(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, plainPathError(err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("not a regular file (%s)", describeMode(info.Mode()))
	}
	if info.Size() > maxFileSize {
		return nil, errTooLarge
	}
	return readBounded(file, info.Size())
}

// readBounded reads all there is: of the size expected, where that is not 0, or until
// there is no more.
func readBounded(r io.Reader, size int64) ([]byte, error) {
	text := make([]byte, 0, min(max(size, smallFile), maxFileSize)+1) // with room to see the end
	for {
		n, err := r.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case len(text) > maxFileSize:
			return nil, errTooLarge
		case errors.Is(err, io.EOF):
			return text, nil
		case err != nil:
			return nil, plainPathError(err)
		case size > 0 && int64(len(text)) == size:
			return text, nil // what is added in this moment is the next run's
		case len(text) == cap(text):
			text = slices.Grow(text, len(text))
		}
	}
}

// smallFile is the room for what says no size, in bytes.
const smallFile = 255
