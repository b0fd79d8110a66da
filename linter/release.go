package linter

import (
	"slices"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// serviceKind is the kind whose objects rules find by their texts.
const serviceKind = "Service"

// shown is an object as rules see it, on its own and among all of its kind: it is
// converted once, and what is read after that is no longer its tree.
type shown struct {
	once  sync.Once
	value engine.Value
	// texts are the heldTexts of a Service, open whether one is not known.
	texts []string
	open  bool
}

// objectValue is a Kubernetes object as rules see it.
func (r *run) objectValue(o object) engine.Value {
	if o.shown == nil {
		return r.nodeValue(o.doc.File, o.tree())
	}
	o.shown.once.Do(func() {
		tree := o.tree()
		o.shown.value = r.nodeValue(o.doc.File, tree)
		if o.kind == serviceKind {
			o.shown.texts, o.shown.open = heldTexts(tree)
		}
	})
	return o.shown.value
}

// heldTexts are those of a Service: once it was converted, they are known.
func (o object) heldTexts() (held []string, open bool) {
	if o.node == nil && o.shown != nil {
		return o.shown.texts, o.shown.open
	}
	return heldTexts(o.tree())
}

// release lets go of the tree of a manifest that holds one object, as most do. Rules
// see what was converted; the few documents with findings are read again to
// find the places. Where text is still to be filled in the tree stays, since the values
// that are not known are numbered as they are converted, which has an order
// only after reading.
func (r *run) release(doc document) {
	if doc.class != manifest || r.keepAll || !doc.CanRelease() || len(doc.objects) != 1 || doc.objects[0].node != doc.Root || hasUnfilled(doc.Root) {
		return
	}
	o := &doc.objects[0]
	if o.shown != nil {
		r.objectValue(*o)
	}
	o.node = nil
	doc.Release()
}

// hasUnfilled says whether a tool still fills in any text below a node.
func hasUnfilled(n *source.Node) bool {
	return isUnfilled(n.Text) || slices.ContainsFunc(n.Items, hasUnfilled) ||
		slices.ContainsFunc(n.Fields, func(f source.Field) bool { return hasUnfilled(f.Value) })
}
