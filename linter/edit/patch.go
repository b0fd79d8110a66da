package edit

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Operation is one step of a JSON Patch (RFC 6902): add, remove, replace, move
// or copy.
type Operation struct {
	Op         string
	Path, From Pointer
	// Value is plain JSON.
	Value any
}

// Replacement puts New in the place of the bytes Start to End (exclusive).
type Replacement struct {
	Start, End int
	New        string
}

// ErrShared is returned where the text stands for several values (YAML aliases
// and merge keys): an edit would change all of them.
var ErrShared = errors.New("the value is shared through an alias")

// errPatched is returned where the edited text does not hold the patched value.
var errPatched = errors.New("the text cannot be edited without changing more")

// maxDocument bounds the text of a document that is edited, in bytes: each
// operation reads it again.
const maxDocument = 1 << 20

// Patch works out the replacements in the document's file that bring about
// the operations, in the order of the file and without overlaps. Paths start
// at the root of the document.
func Patch(ctx context.Context, doc *source.Document, ops []Operation) ([]Replacement, error) {
	if doc.Span.End-doc.Span.Start > maxDocument {
		return nil, fmt.Errorf("editing %s: a document of more than %d KiB", doc.File.Path, maxDocument>>10)
	}
	original := doc.File.Text[doc.Span.Start:doc.Span.End]
	text := newPieces(original)
	t, err := parse(ctx, doc, original)
	if err != nil {
		return nil, err
	}
	want := t.root.Any()
	for _, op := range ops {
		if want, err = apply(want, op); err != nil {
			return nil, fmt.Errorf("editing %s: %w", doc.File.Path, err)
		}
		edits, err := t.operation(op)
		if err != nil {
			return nil, fmt.Errorf("editing %s: %w", doc.File.Path, err)
		}
		if err := text.replace(edits); err != nil {
			return nil, fmt.Errorf("editing %s: %w", doc.File.Path, err)
		}
		if t, err = parse(ctx, doc, text.bytes()); err != nil {
			return nil, err
		}
		if !reflect.DeepEqual(t.root.Any(), want) {
			return nil, fmt.Errorf("editing %s: %w", doc.File.Path, errPatched)
		}
	}
	return text.replacements(doc.Span.Start), nil
}

// tree is the text of one document with its nodes.
type tree struct {
	text []byte
	root *source.Node
	json bool
	// newline ends the lines of the text.
	newline string
}

func parse(ctx context.Context, doc *source.Document, text []byte) (*tree, error) {
	docs, problems := source.Parse(ctx, source.NewFile(doc.File.Path, text), doc.Format, source.DefaultLimits())
	if len(problems) > 0 {
		return nil, fmt.Errorf("editing %s: %w", doc.File.Path, problems[0])
	}
	if len(docs) != 1 {
		return nil, fmt.Errorf("editing %s: %w", doc.File.Path, errPatched)
	}
	return &tree{text: text, root: docs[0].Root, json: doc.Format == source.JSON, newline: lineBreak(text)}, nil
}

// operation returns the replacements of one operation.
func (t *tree) operation(op Operation) ([]Replacement, error) {
	switch op.Op {
	case "add":
		return t.add(op.Path, op.Value)
	case "remove":
		return t.remove(op.Path)
	case "replace":
		return t.replace(op.Path, op.Value)
	case "copy", "move":
		from, err := t.find(op.From)
		if err != nil {
			return nil, err
		}
		if op.Op == "copy" {
			return t.add(op.Path, from.node.Any())
		}
		if from.parent == nil {
			return nil, errors.New("the whole document cannot be moved")
		}
		if isRename(op, from) {
			return []Replacement{t.renamed(from, op.Path[len(op.Path)-1])}, nil
		}
		return t.moved(op, from)
	}
	return nil, fmt.Errorf("unknown operation %q", op.Op)
}

// isRename says whether a move gives a member of an object another name that is
// free.
func isRename(op Operation, from spot) bool {
	if len(op.Path) == 0 || from.parent.Kind != source.Object || len(op.Path) != len(op.From) {
		return false
	}
	last := len(op.Path) - 1
	return reflect.DeepEqual(op.Path[:last], op.From[:last]) && from.parent.Get(op.Path[last]) == nil
}

func (t *tree) renamed(from spot, name string) Replacement {
	old := from.field()
	style := t.styleAt(old.NameSpan)
	return Replacement{old.NameSpan.Start, old.NameSpan.End, t.scalar(name, style, t.isFlow(from.parent))}
}

// moved removes a value from one place and adds it at another. The two must be
// apart, so that neither shifts the path of the other.
func (t *tree) moved(op Operation, from spot) ([]Replacement, error) {
	if from.parent.Kind == source.Array {
		return nil, errors.New("elements of an array are not moved")
	}
	removed, err := t.remove(op.From)
	if err != nil {
		return nil, err
	}
	added, err := t.add(op.Path, from.node.Any())
	return append(removed, added...), err
}

func (t *tree) add(path Pointer, value any) ([]Replacement, error) {
	if len(path) == 0 {
		return nil, errors.New("the whole document cannot be added")
	}
	parent, err := t.find(path[:len(path)-1])
	if err != nil {
		return nil, err
	}
	name := path[len(path)-1]
	switch parent.node.Kind {
	case source.Object:
		if parent.node.Get(name) != nil {
			return t.replace(path, value)
		}
		if t.isFlow(parent.node) {
			return t.flowInsert(parent.node, len(parent.node.Fields), t.flowMember(parent.node, name, value))
		}
		return t.blockMember(parent.node, name, value)
	case source.Array:
		i, err := insertIndex(name, len(parent.node.Items))
		if err != nil {
			return nil, err
		}
		if t.isFlow(parent.node) {
			return t.flowInsert(parent.node, i, t.flowText(value, t.childIndent(parent.node)))
		}
		return t.blockItem(parent.node, i, value)
	}
	return nil, fmt.Errorf("%s: %s holds no members", path, parent.node.Kind)
}

func (t *tree) remove(path Pointer) ([]Replacement, error) {
	at, err := t.find(path)
	if err != nil {
		return nil, err
	}
	switch {
	case at.parent == nil:
		return nil, errors.New("the whole document cannot be removed")
	case t.isFlow(at.parent):
		return t.flowRemove(at), nil
	}
	return t.blockRemove(at), nil
}

func (t *tree) replace(path Pointer, value any) ([]Replacement, error) {
	at, err := t.find(path)
	if err != nil {
		return nil, err
	}
	if _, ok := value.(map[string]any); at.parent == nil && (!ok || at.node.Kind != source.Object) {
		// The first character of a file may decide how all of its documents are read.
		return nil, errors.New("a whole document can be replaced by an object for an object only")
	}
	if at.parent == nil || t.isFlow(at.parent) || at.parent.Kind == source.Array {
		return []Replacement{t.inPlace(at, value)}, nil
	}
	return t.blockValue(at, value), nil
}
