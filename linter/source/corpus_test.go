package source

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorpus reads every YAML and JSON file below AKSNETLINT_CORPUS: each
// document that sigs.k8s.io/yaml reads is read as the same value, and none
// that it refuses.
func TestCorpus(t *testing.T) {
	root := os.Getenv("AKSNETLINT_CORPUS")
	if root == "" {
		t.Skip("AKSNETLINT_CORPUS names no folder")
	}
	files, docs, problems := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		if ext != ".yaml" && ext != ".yml" && ext != ".json" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		file := NewFile(name, text)
		files++
		found, bad := Parse(context.Background(), file, DetectFormat(file), DefaultLimits())
		docs += len(found)
		problems += len(bad)
		for _, p := range bad {
			t.Logf("%s", p.Error())
		}
		t.Run(name, func(t *testing.T) {
			for _, d := range found {
				checkSpans(t, d)
			}
			if ext == ".json" {
				checkJSON(t, text)
				return
			}
			for _, piece := range strings.Split("\n"+string(text), "\n---") {
				checkPiece(t, []byte(piece))
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d documents, %d problems", files, docs, problems)
}
