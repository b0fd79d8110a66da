package linter

import (
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// maxListDepth bounds lists inside lists.
const maxListDepth = 8

// object is one Kubernetes object, on its own or an item of a list.
type object struct {
	doc *source.Document
	// node is nil where the document was released: see tree.
	node *source.Node
	// kind is the kind of the core group, or group/kind.
	kind string
	// shown is what rules see of an object of a joined kind.
	shown *shown
}

// tree is the node of the object. It is read again where the document was released.
func (o object) tree() *source.Node {
	if o.node != nil {
		return o.node
	}
	return o.doc.Tree()
}

// objects returns the objects of a manifest; a List, also a typed one such as
// ServiceList, gives its items, as kubectl does.
func objects(doc *source.Document) []object {
	return appendObjects(nil, doc, doc.Root, "", "", 0)
}

func appendObjects(objs []object, doc *source.Document, node *source.Node, apiVersion, kind string, depth int) []object {
	if node.Kind != source.Object || depth > maxListDepth {
		return objs
	}
	if v := node.Get("apiVersion"); isText(v) {
		apiVersion = v.Text
	}
	if k := node.Get("kind"); isText(k) {
		kind = k.Text
	}
	items := node.Get("items")
	if itemKind, isList := strings.CutSuffix(kind, "List"); isList && items != nil && items.Kind == source.Array {
		itemVersion := apiVersion
		if itemKind == "" {
			itemVersion = ""
		}
		for _, item := range items.Items {
			objs = appendObjects(objs, doc, item, itemVersion, itemKind, depth+1)
		}
		return objs
	}
	if kind == "" {
		return objs
	}
	o := object{doc: doc, node: node, kind: qualifiedKind(apiVersion, kind)}
	if slices.Contains(joinedKinds, o.kind) {
		o.shown = &shown{}
	}
	return append(objs, o)
}

// qualifiedKind is how rules name a kind in their targets: the version does
// not matter to them.
func qualifiedKind(apiVersion, kind string) string {
	group, _, grouped := strings.Cut(apiVersion, "/")
	if !grouped {
		return kind
	}
	return group + "/" + kind
}

// name is how reports call the object: kind/namespace/name.
func (o object) name() string {
	parts := []string{o.kind}
	if slash := strings.LastIndex(o.kind, "/"); slash >= 0 {
		parts[0] = o.kind[slash+1:]
	}
	metadata := o.tree().Get("metadata")
	if ns := get(metadata, "namespace"); isText(ns) {
		parts = append(parts, ns.Text)
	}
	switch {
	case isText(get(metadata, "name")):
		parts = append(parts, metadata.Get("name").Text)
	case isText(get(metadata, "generateName")):
		parts = append(parts, metadata.Get("generateName").Text+"*")
	}
	return strings.Join(parts, "/")
}
