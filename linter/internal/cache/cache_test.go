package cache

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWriteThenRead(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	if _, err := Read(folder, "x.pack", 10); err == nil {
		t.Error("a file that is not there is read")
	}
	for _, text := range []string{"first", "second"} {
		if err := Write(folder, "x.pack", []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := Read(folder, "x.pack", 10); err != nil || string(data) != text {
			t.Errorf("read %q, error %v, want %q", data, err, text)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v (%v), want one file", entries, err)
	}
	if info, err := os.Stat(pathOf(folder, "x.pack")); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the file: %v (%v)", info.Mode(), err)
	}
}

func TestReadRefuses(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(pathOf(folder, "folder.pack"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pathOf(folder, "large.pack"), make([]byte, 11), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pathOf(folder, "large.pack"), pathOf(folder, "link.pack")); err != nil {
		t.Log("no symbolic links here:", err)
	}
	for _, name := range []string{"folder.pack", "large.pack", "link.pack"} {
		if _, err := Read(folder, name, 10); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

func TestWriteRemovesOldFiles(t *testing.T) {
	folder := t.TempDir()
	old := time.Now().Add(-maxAge - time.Hour)
	for _, name := range []string{prefix + "old.pack", "pack-of-another.pack", "mine.txt", prefix + "recent.pack"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if name == prefix+"recent.pack" {
			continue
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(folder, "new.pack", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for name, kept := range map[string]bool{prefix + "old.pack": false, "pack-of-another.pack": true, "mine.txt": true, prefix + "recent.pack": true, prefix + "new.pack": true} {
		if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != kept {
			t.Errorf("%s: kept %v, want %v", name, err == nil, kept)
		}
	}
}

func TestWriteFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, "x.pack", nil); err == nil {
		t.Error("a file is taken for a folder")
	}
}
