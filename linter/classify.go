package linter

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// class says what a document is to the linter.
type class uint8

const (
	// foreign is whatever is none of ours.
	foreign class = iota
	manifest
	template
	parameterFile
	fact
	helmValues
)

// classify tells what a document is by its content; for a foreign one it says
// why in words for the user.
func classify(doc *source.Document) (class, string) {
	root := doc.Root
	switch root.Kind {
	case source.Object:
	case source.Array:
		if len(root.Items) > 0 && isFact(root.Items[0]) {
			return fact, ""
		}
		return foreign, "a list, not a manifest or a template"
	default:
		return foreign, "a single " + root.Kind.String() + ", not a manifest or a template"
	}
	switch {
	case arm.IsTemplate(doc):
		return template, ""
	case arm.IsParameterFile(doc):
		return parameterFile, ""
	case isText(root.Get("apiVersion")) && isText(root.Get("kind")):
		return manifest, ""
	case isFact(root):
		return fact, ""
	case isHelmValues(root):
		return helmValues, ""
	}
	return foreign, foreignReason(root)
}

func isText(n *source.Node) bool {
	return n != nil && n.Kind == source.String && n.Text != ""
}

// isFact recognises what the Azure CLI prints of a resource that exists: an
// absolute resource id and the type that belongs to it.
func isFact(n *source.Node) bool {
	id, typ := n.Get("id"), n.Get("type")
	return isText(id) && isText(typ) &&
		strings.HasPrefix(strings.ToLower(id.Text), "/subscriptions/") &&
		strings.Contains(strings.ToLower(id.Text), "/providers/") &&
		strings.HasPrefix(strings.ToLower(typ.Text), "microsoft.")
}

// isHelmValues recognises values of charts that render a Service with
// annotations of ours: ingress-nginx (controller.service), AGIC (appgw),
// and the Istio gateway (service with its type or annotations beside it). A file that
// merely has a key of that name must not match, so each shape needs a second
// sign.
func isHelmValues(root *source.Node) bool {
	// A chart that depends on ingress-nginx has its values below that name.
	if below := root.Get("ingress-nginx"); get(below, "controller") != nil && isHelmValues(below) {
		return true
	}
	controller := root.Get("controller")
	if service := get(controller, "service"); service != nil && service.Kind == source.Object {
		for _, sign := range []string{"annotations", "internal", "external", "loadBalancerSourceRanges", "externalTrafficPolicy"} {
			if service.Get(sign) != nil {
				return true
			}
		}
	}
	if service := root.Get("service"); service != nil && service.Kind == source.Object {
		if annotations := service.Get("annotations"); annotations != nil && annotations.Kind == source.Object {
			return true
		}
	}
	appgw := root.Get("appgw")
	return get(appgw, "usePrivateIP") != nil
}

// get is Node.Get on a node that may be missing or no object.
func get(n *source.Node, name string) *source.Node {
	if n == nil || n.Kind != source.Object {
		return nil
	}
	return n.Get(name)
}

// foreignReason names the well-known formats that stand beside manifests.
func foreignReason(root *source.Node) string {
	known := []struct {
		keys []string
		name string
	}{
		{[]string{"jobs", "on"}, "a GitHub workflow"},
		{[]string{"jobs", "true"}, "a GitHub workflow"},
		{[]string{"runs", "name"}, "a GitHub action"},
		{[]string{"name", "version", "dependencies"}, "a package.json"},
		{[]string{"name", "version", "scripts"}, "a package.json"},
		{[]string{"services", "version"}, "a compose file"},
		{[]string{"openapi", "paths"}, "an OpenAPI document"},
		{[]string{"swagger", "paths"}, "an OpenAPI document"},
		{[]string{"$schema", "definitions"}, "a JSON schema"},
		{[]string{"apiVersion", "name", "version"}, "a Helm chart description"},
		{[]string{"resources"}, "a kustomization or a fragment"},
	}
	for _, format := range known {
		all := true
		for _, key := range format.keys {
			all = all && root.Get(key) != nil
		}
		if all {
			return format.name + ", not a manifest or a template"
		}
	}
	return "no apiVersion and kind of a manifest, no $schema of a deployment template"
}

// helmSyntax finds the marks of an unrendered Helm, Jinja or similar template:
// such a file is rendered before it is YAML.
var helmSyntax = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{-?[^{}]*-?\}\}|\{%-?[^{}]*-?%\}`) })

// isUnrendered says whether a text that cannot be parsed is a text template.
func isUnrendered(text []byte) bool {
	return helmSyntax().Match(text)
}

// pieceAround is the document of a YAML stream that an offset lies in.
func pieceAround(text []byte, offset int) []byte {
	const separator = "\n---"
	offset = min(max(offset, 0), len(text))
	start := max(bytes.LastIndex(text[:offset], []byte(separator)), 0)
	if end := bytes.Index(text[offset:], []byte(separator)); end >= 0 {
		return text[start : offset+end]
	}
	return text[start:]
}
