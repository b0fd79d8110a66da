package advise_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// The example of the documentation is what the program prints: the output that
// testdata/script/advise.txtar asks for.
func TestDocumentedExample(t *testing.T) {
	root := filepath.Join("..", "..")
	page, err := os.ReadFile(filepath.Join(root, "docs", "advise.md"))
	if err != nil {
		t.Fatal(err)
	}
	script, err := txtar.ParseFile(filepath.Join(root, "testdata", "script", "advise.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range script.Files {
		if file.Name == "want.txt" {
			if !strings.Contains(string(page), "```\n"+string(file.Data)+"```\n") {
				t.Error("docs/advise.md does not show the output of the test script")
			}
			return
		}
	}
	t.Error("the test script has no want.txt")
}
