package source

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// parseBoth reads a text with quickReader and without it, and returns what
// differs: "" for nothing.
func parseBoth(text []byte, limits Limits) string {
	file := NewFile("x.yaml", text)
	with := stream{ctx: context.Background(), file: file, limits: limits}
	with.read()
	without := stream{ctx: context.Background(), file: file, limits: limits, full: true}
	without.read()
	stocks := takeStocks(with.docs)
	if reflect.DeepEqual(with.docs, without.docs) && reflect.DeepEqual(with.problems, without.problems) {
		return releaseAll(with.docs, stocks, without.docs)
	}
	return fmt.Sprintf("%q with quickReader:\n%s%swithout:\n%s%s", text,
		dump(file, with.docs, with.problems), dumpJumps(with.docs), dump(file, without.docs, without.problems), dumpJumps(without.docs))
}

// takeStocks takes the stocks out of documents, which readYAML does not have.
func takeStocks(docs []*Document) (stocks []*stock) {
	for _, doc := range docs {
		stocks = append(stocks, doc.stock)
		doc.stock = nil
	}
	return stocks
}

// releaseAll releases documents and returns what is different when they are read
// again, with what they were made of: "" for nothing.
func releaseAll(docs []*Document, stocks []*stock, want []*Document) string {
	for i, doc := range docs {
		doc.stock = stocks[i]
		doc.Release()
	}
	for i, doc := range docs {
		if !reflect.DeepEqual(doc.Tree(), want[i].Root) {
			return fmt.Sprintf("%q reads differently after its release", doc.File.Text)
		}
	}
	return ""
}

// dumpJumps shows what dump leaves out.
func dumpJumps(docs []*Document) string {
	var out strings.Builder
	var visit func(n *Node)
	visit = func(n *Node) {
		if n.jumps != nil || n.Style != Plain {
			fmt.Fprintf(&out, "  %q style %d jumps %v\n", n.Text, n.Style, n.jumps)
		}
		for _, item := range n.Items {
			visit(item)
		}
		for _, f := range n.Fields {
			visit(f.Value)
		}
	}
	for _, doc := range docs {
		visit(doc.Root)
	}
	return out.String()
}

// takes reports whether quickReader reads a text that is one document.
func takes(text string) bool {
	_, _, ok := newQuickReader([]byte(text)).read(Span{0, len(text)}, DefaultLimits())
	return ok
}

// quickTexts are plain texts that quickReader must read by itself.
var quickTexts = []string{
	"a: 1\n",
	"a: 1",
	"---\na: b # c\n# d\n\n",
	"--- # head\n# c\na:\n  b: x y  # z\n  c:\n    # deep\n    d: e#f\ng:\n",
	"a:\n- b\n- c: 1\n  d: 2\n- - e\n  - f\n-\n- # none\n- " +
		"h: 1\n",
	"a:\n  - b\n  -   c: 1\n      d: 2\nz: 0\n",
	"- a: b\n  c:\n  - d\n  - e\n- f\n",
	"a: 'it''s' # c\nb: \"x\\ty\\n\"\nc: ''\nd: \"\"\n\"e f\": '#'\n'g:': \"'\"\n",
	"a: |\n  one\n   # two\n\n  three\n\nb: >-\n  a\n  b\n\n  c\n    d\n  e\n\nc: |+\n  x\n\nd: >+ # c\n   q\n   \n     r\n\n\ne: |-\n  end",
	"- |\n x\n- >\n  y\n  z\n",
	"a: {}\nb: []\nc: {d: 1, e: [x, 'y', \"z\"], f: {g: -1.50}} # h\ni: [ a b , c:d ]\n",
	"a: true\nb: False\nc: null\nd: ~\ne:\nf: -7\ng: 0\nh: 0.10\ni: 999999999999999\n",
	"a: 10.0.0.0/16\nb: 100m\nc: 1.2.3\nd: --flag=1\ne: ./x\nf: 10.0.0.1\ng: nope\nh: -x\ni: 5Gi\n",
	"a: http://x:80/y?z#w\nb: a:b\nc: \\d\nd: $(X)\ne: <x>\nf: /\n",
	"é: 'ü' # ö\n日本: [本, x]\nn\u00a0n: \U0001F600\n",
	"a:\r\n- b\r\n- |\r\n  c\r\n\r\n  d\r\n# e\r\n",
	"a:\n  long # c\nb:\n  'quoted'\nc:\n  [1, 2]\n",
	"  a: 1\n  b: 2\n",
	"on: a\nn: b\n\"true \": {False: c}\n",
	"a: one\n  two  \n\n\n  - three # c\nb:\n- c\n   d\n-\n  e\n   f\n- g: h\n   i:j\n",
}

// slowTexts are texts of which each has a reason to be declined.
var slowTexts = []string{
	"", "# c\n", "a", "- &a b\n", "a: *b\n", "a: !!str 1\n", "%YAML 1.1\n---\na: 1\n", "? a\n: b\n", "<<: {a: 1}\n", "a: <<\n",
	"a: b\n  c: d\n", "a: b # c\n  d\n", "a: b\n  # c\n  d\n", "a: 'b\n  c'\n", "a: \"b\n  c\"\n", "a: [1,\n  2]\n", "a:\tb\n", "\ta: 1\n", "a: 1\n\t\nb: 2\n", "1: a\n", "~: a\n", "2001-01-01: a\n", "on: a\ntrue: b\n",
	"a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: \x01\n", "a: \xff\n", "a: 1\rb: 2\n", "\ufeffa: 1\n", "a: b\u2028c\n", "a: yes\n", "a: off\n", "a: 0755\n",
	"a: 0o7\n", "a: 1_000\n", "a: 2020-01-02\n", "a: .inf\n", "a: .5\n", "a: 0x1F\n", "a: 1e3\n", "a: 1234567890123456\n", "a: {{ b }}\n", "{{ a }}\n",
	"a: b: c\n", "a: b: \n", "a: - b\n", "- a\nb: 1\n", "a: 1\n- b\n", "a: 1\n  b: 2\n", " a: 1\nb: 2\n", "a:\n  b: 1\n c: 2\n", "a: \"\\q\"\n", "a: 'b' c\n",
	"a: 'b'#c\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: ,b\n", "a: ]\n", "a: [b\n", "a: [b, ]\n", "a: [, b]\n", "a: {b}\n", "a: {b:c}\n", "a: [b: c]\n",
	"a: |\n", "a: |\n\n  b\n", "a: |2\n  b\n", "a: |\n b\n\tc\n", "a: | b\n", "a: >\n    b\n  c\n d\n", "a : b\n", "a:b\n", "--- a\n", "---a\n", "...\n",
}

// TestQuick reads texts by both ways; those that are plain must be taken, and
// none of the others.
func TestQuick(t *testing.T) {
	for _, text := range append(append([]string{}, quickTexts...), slowTexts...) {
		if diff := parseBoth([]byte(text), DefaultLimits()); diff != "" {
			t.Error(diff)
		}
	}
	for _, text := range quickTexts {
		if !takes(text) {
			t.Errorf("quickReader declines %q", text)
		}
	}
	for _, text := range slowTexts {
		if takes(text) {
			t.Errorf("quickReader takes %q", text)
		}
	}
}

// TestQuickLimits crosses each limit by one: the problems must be those of the
// reader that writes them.
func TestQuickLimits(t *testing.T) {
	text := "a: {b: [1, 2]}\nc:\n- d: e\n- f\n"
	for n := range 20 {
		for _, limits := range []Limits{
			{FileBytes: 100, DocumentBytes: 100, Documents: 1, Depth: n, Nodes: 100},
			{FileBytes: 100, DocumentBytes: 100, Documents: 1, Depth: 100, Nodes: n},
		} {
			if diff := parseBoth([]byte(text), limits); diff != "" {
				t.Errorf("%+v: %s", limits, diff)
			}
		}
	}
}

// quickPieces make texts that are nearly YAML.
var quickPieces = []string{
	"a", "b", "key", ":", ": ", ":", ": ", "\n", "\n", "\n", "\n  ", "\n ", "\n    ", " ", "  ", "- ", "- ", "-", "\n- ", "\n  - ", "\na: ", "\n  b: ", "\n  c:\n",
	"'", "''", "\"", "\\", "\\n", "|", ">", "|\n", ">\n", "|-\n", ">+\n", "| #", "#", " # c", "{", "}", "[", "]", ",", ", ", "{a: b}", "[a, 1]", "\t", "\r\n", "\r",
	"1", "0", "-1", "1.5", "0.0", "00", "true", "no", "~", "null", ".", "1.2.3", "2001-01-01", "1:20", "1e3", "0x1", "_", "<<", "&a", "*a", "!", "?", "? ", "%", "@", "`",
	"---", "\n---\n", "\n--- ", "...", "\n...\n", "é", "\u00a0", "\u0085", "\u2028", "\ufeff", "\x00", "\xff", "{{", "}}", "=", "/", "+", "y", "On", "FALSE", "\n\n", "\n   \n", "\n      x\n",
}

// soup strings pieces together.
func soup(random *rand.Rand) []byte {
	var text []byte
	for range 1 + random.IntN(14) {
		text = append(text, quickPieces[random.IntN(len(quickPieces))]...)
	}
	return text
}

// mutate changes a text in a few places: pieces put in, bytes taken out, lines
// moved in or out by a blank, copied or swapped, other line ends.
func mutate(random *rand.Rand, text []byte) []byte {
	for range 1 + random.IntN(3) {
		at := random.IntN(len(text) + 1)
		lines := strings.SplitAfter(string(text), "\n")
		i, j := random.IntN(len(lines)), random.IntN(len(lines))
		switch random.IntN(15) {
		case 0:
			text = []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))
			continue
		case 1:
			for k := i; k < len(lines); k++ {
				lines[k] = " " + lines[k]
			}
		case 2:
			text = []byte(string(text[:at]) + string(text[min(len(text), at+1):]))
			continue
		case 3:
			lines[i] = strings.Repeat(" ", 1+random.IntN(2)) + lines[i]
		case 4:
			lines[i] = strings.TrimPrefix(lines[i], " ")
		case 5:
			lines[i] += lines[j]
		case 6:
			lines[i], lines[j] = lines[j], lines[i]
		default:
			text = []byte(string(text[:at]) + quickPieces[random.IntN(len(quickPieces))] + string(text[at:]))
			continue
		}
		text = []byte(strings.Join(lines, ""))
	}
	return text
}

// quickSeeds are the texts that the mutations start from.
func quickSeeds(t testing.TB) [][]byte {
	var seeds [][]byte
	for _, list := range [][]string{quickTexts, slowTexts, sampleYAML, {benchService}} {
		for _, text := range list {
			seeds = append(seeds, []byte(text))
		}
	}
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, txtar.Parse(data).Files[0].Data)
	}
	return seeds
}

// TestQuickMutations reads texts that are nearly YAML by both ways.
func TestQuickMutations(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, seed := range quickSeeds(t) {
		for range rounds / 30 {
			if diff := parseBoth(mutate(random, seed), DefaultLimits()); diff != "" {
				t.Fatal(diff)
			}
		}
	}
	for range 10 * rounds {
		text := soup(random)
		if !takes(string(text)) {
			continue
		}
		if diff := parseBoth(text, DefaultLimits()); diff != "" {
			t.Fatal(diff)
		}
	}
}

// FuzzQuickAgrees reads any text by both ways: no value, place, comment or problem
// may differ.
func FuzzQuickAgrees(f *testing.F) {
	for _, seed := range quickSeeds(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if diff := parseBoth(text, DefaultLimits()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestQuickFiles reads the YAML files of the project, and those below
// AKSNETLINT_CORPUS, by both ways, as they are and changed.
func TestQuickFiles(t *testing.T) {
	roots := []string{"../.."}
	if corpus := os.Getenv("AKSNETLINT_CORPUS"); corpus != "" {
		roots = append(roots, corpus)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, root := range roots {
		documents, taken := 0, 0
		for _, text := range filesBelow(t, root) {
			if diff := parseBoth(text, DefaultLimits()); diff != "" {
				t.Error(diff)
			}
			if len(text) < 1<<15 { // else the failure would be hard to read
				if diff := parseBoth(mutate(random, text), DefaultLimits()); diff != "" {
					t.Error(diff)
				}
			}
			all, quick := share(text)
			documents, taken = documents+all, taken+quick
		}
		if documents == 0 {
			t.Errorf("no documents below %s", root)
		}
		t.Logf("%s: %d of %d documents are read by quickReader", filepath.Base(root), taken, documents)
	}
}

// filesBelow reads the YAML files of a folder, and those inside its txtar files.
func filesBelow(t *testing.T, root string) (texts [][]byte) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		if ext != ".yaml" && ext != ".yml" && ext != ".txtar" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if ext != ".txtar" {
			texts = append(texts, text)
			return nil
		}
		for _, inner := range txtar.Parse(text).Files {
			if e := filepath.Ext(inner.Name); e == ".yaml" || e == ".yml" {
				texts = append(texts, inner.Data)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// share counts the documents of a file that are read as YAML, and those of them
// that quickReader takes.
func share(text []byte) (documents, taken int) {
	file := NewFile("x.yaml", text)
	s := stream{file: file, text: text}
	for _, p := range split(file) {
		if !s.hasContent(p) || looksLikeJSON(text[p.Start:p.End]) {
			continue
		}
		if _, _, ok := newQuickReader(text).read(p.Span, DefaultLimits()); ok {
			taken++
		} else if _, _, err := readYAML(text, p.Span, DefaultLimits()); err != nil {
			continue
		}
		documents++
	}
	return documents, taken
}
