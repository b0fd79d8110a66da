package fix

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/rogpeppe/go-internal/diff"
)

// ErrChanged is returned where a file is not what was judged any more.
var ErrChanged = errors.New("the file changed while it was being fixed")

// Write writes the changed text to the file, in one step: whoever reads it
// sees the old text or the new one. The file keeps its mode, a link to it stays a link.
func (c Change) Write() error {
	path, err := filepath.EvalSymlinks(filepath.FromSlash(c.File))
	if err != nil {
		return fmt.Errorf("fixing %s: %w", c.File, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("fixing %s: %w", c.File, err)
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(c.Before)) {
		return fmt.Errorf("fixing %s: %w", c.File, ErrChanged)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("fixing %s: %w", c.File, err)
	}
	if !bytes.Equal(text, c.Before) {
		return fmt.Errorf("fixing %s: %w", c.File, ErrChanged)
	}
	if err := replaceFile(path, c.After, info.Mode().Perm()); err != nil {
		return fmt.Errorf("fixing %s: %w", c.File, err)
	}
	return nil
}

func replaceFile(path string, text []byte, mode os.FileMode) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".aksnetlint-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	_, err = temporary.Write(text)
	if err = errors.Join(err, temporary.Chmod(mode), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

// Diff writes the changes as a unified diff that git apply and patch read.
func Diff(w io.Writer, changes []Change) error {
	for _, c := range changes {
		if _, err := w.Write(diff.Diff(quoted("a/"+c.File), c.Before, quoted("b/"+c.File), c.After)); err != nil {
			return err
		}
	}
	return nil
}

// quoted writes a name that would break its line as git does.
func quoted(name string) string {
	if strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return name
}
