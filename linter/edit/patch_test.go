package edit_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/aksnetlint/aksnetlint/linter/edit"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// TestPatch applies the patches of testdata: each archive is one text in the
// file named before.yaml or before.json, and pairs of a patch (one operation a
// line) and the text that it must give.
func TestPatch(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before := archive.Files[0]
		for i := 1; i+1 < len(archive.Files); i += 2 {
			patch, after := archive.Files[i], archive.Files[i+1]
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+patch.Name, func(t *testing.T) {
				got, err := patched(before.Name, string(before.Data), operations(t, string(patch.Data)))
				want := string(after.Data)
				if message, fails := strings.CutPrefix(want, "error: "); fails {
					if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(message)) {
						t.Errorf("error %v, want one with %q", err, message)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if got != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			})
		}
	}
}

func operations(t *testing.T, text string) []edit.Operation {
	t.Helper()
	var ops []edit.Operation
	for line := range strings.Lines(text) {
		var op struct {
			Op, Path, From string
			Value          any
		}
		if err := json.Unmarshal([]byte(line), &op); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		path, err := edit.ParsePointer(op.Path)
		if err != nil {
			t.Fatal(err)
		}
		from, err := edit.ParsePointer(op.From)
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, edit.Operation{Op: op.Op, Path: path, From: from, Value: op.Value})
	}
	return ops
}

// patched applies the operations to the first document of a text.
func patched(name, text string, ops []edit.Operation) (string, error) {
	file := source.NewFile(name, []byte(text))
	docs, problems := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
	if len(problems) > 0 {
		return "", problems[0]
	}
	edits, err := edit.Patch(context.Background(), docs[0], ops)
	if err != nil {
		return "", err
	}
	return applied(text, edits), nil
}

func applied(text string, edits []edit.Replacement) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start] + e.New)
		at = e.End
	}
	return b.String() + text[at:]
}

// everyPath lists the pointers of all values below a node.
func everyPath(n *source.Node, at edit.Pointer) []edit.Pointer {
	paths := []edit.Pointer{at}
	for _, f := range n.Fields {
		if !f.Overridden {
			paths = append(paths, everyPath(f.Value, append(at[:len(at):len(at)], f.Name))...)
		}
	}
	for i, item := range n.Items {
		paths = append(paths, everyPath(item, append(at[:len(at):len(at)], json.Number(string(rune('0'+i%10))).String()))...)
	}
	return paths
}

// TestEveryPath replaces and removes every value of the texts of testdata: it
// works save for a few that are refused, and what stands in other documents
// of the file stays as it is.
func TestEveryPath(t *testing.T) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	done := 0
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(archive.Files[0].Data)
		for _, crlf := range []bool{false, true} {
			if crlf {
				text = strings.ReplaceAll(text, "\n", "\r\n")
			}
			done += everyEdit(t, archive.Files[0].Name, text)
		}
	}
	if done < 100 {
		t.Errorf("%d edits were tried: too few to tell", done)
	}
}

func everyEdit(t *testing.T, name, text string) int {
	t.Helper()
	file := source.NewFile(name, []byte(text))
	docs, _ := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
	tried, refused := 0, 0
	for i, doc := range docs {
		for _, path := range everyPath(doc.Root, nil)[1:] {
			for _, op := range []edit.Operation{
				{Op: "remove", Path: path},
				{Op: "replace", Path: path, Value: "10.0.0.0/24"},
				{Op: "replace", Path: path, Value: true},
				{Op: "replace", Path: path, Value: map[string]any{"a b": "true", "c": []any{"x", map[string]any{}}}},
			} {
				tried++
				edits, err := edit.Patch(context.Background(), doc, []edit.Operation{op})
				if err != nil {
					refused++
					t.Logf("%s %s %s: %v", name, op.Op, path, err)
					continue
				}
				checkOthers(t, docs, i, name, applied(text, edits))
			}
		}
	}
	shared := strings.Contains(text, "&base")
	if refused*10 > tried && !shared {
		t.Errorf("%s: %d of %d edits were refused", name, refused, tried)
	}
	return tried
}

func checkOthers(t *testing.T, docs []*source.Document, changed int, name, text string) {
	t.Helper()
	file := source.NewFile(name, []byte(text))
	after, problems := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
	if len(problems) > 0 || len(after) != len(docs) {
		t.Errorf("%s: %d documents, want %d; %v\n%s", name, len(after), len(docs), problems, text)
		return
	}
	for i := range docs {
		if i != changed && !reflect.DeepEqual(docs[i].Root.Any(), after[i].Root.Any()) {
			t.Errorf("%s: document %d changed with document %d", name, i, changed)
		}
	}
}

// FuzzPatch holds that a patch never gives a text that does not parse, whatever
// is patched.
func FuzzPatch(f *testing.F) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := range byte(8) {
			f.Add(archive.Files[0].Data, strings.HasSuffix(archive.Files[0].Name, ".json"), uint16(i), i)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, isJSON bool, which uint16, kind byte) {
		name := map[bool]string{true: "a.json", false: "a.yaml"}[isJSON]
		file := source.NewFile(name, text)
		docs, problems := source.Parse(context.Background(), file, source.DetectFormat(file), source.DefaultLimits())
		if len(problems) > 0 || len(docs) == 0 || len(text) > 4096 {
			return
		}
		i := int(which) % len(docs)
		paths := everyPath(docs[i].Root, nil)
		path := paths[int(which)%len(paths)]
		op := []edit.Operation{
			{Op: "remove", Path: path}, {Op: "replace", Path: path, Value: "true"}, {Op: "replace", Path: path, Value: map[string]any{"x": "1"}},
			{Op: "add", Path: append(path, "new/key"), Value: "yes"}, {Op: "add", Path: append(path, "0"), Value: "on"}, {Op: "add", Path: append(path, "-"), Value: map[string]any{"n": 1}},
			{Op: "move", From: path, Path: append(path[:max(0, len(path)-1):max(0, len(path)-1)], "renamed")},
		}[int(kind)%7]
		edits, err := edit.Patch(context.Background(), docs[i], []edit.Operation{op})
		if err == nil {
			checkOthers(t, docs, i, name, applied(string(text), edits))
		}
	})
}
