package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// secretLines are the lines of files that hold values of secure parameters:
// their source text is never shown.
type secretLines map[string]map[int]bool

// hideSecretLines takes the source text out of places that would show the value
// of a secure parameter: its default and allowed values in a template, its
// value in a parameter file.
func (r *run) hideSecretLines(report *Report, documents []document) {
	lines := secretLines{}
	names := map[string]bool{}
	for _, doc := range documents {
		if doc.class == template {
			lines.template(doc.File, doc.Root, names, 0)
		}
	}
	r.linkedDocuments.Range(func(_, linked any) bool {
		if doc, ok := linked.(*source.Document); ok {
			lines.template(doc.File, doc.Root, names, 0)
		}
		return true
	})
	if len(names) == 0 {
		return
	}
	for _, doc := range documents {
		if doc.class == parameterFile {
			lines.parameters(doc.Document, names)
		}
	}
	for _, doc := range r.namedParameters {
		lines.parameters(doc, names)
	}
	for i := range report.Findings {
		lines.hide(&report.Findings[i])
	}
	for i := range report.Suppressed {
		lines.hide(&report.Suppressed[i].Finding)
	}
}

func (l secretLines) hide(f *Finding) {
	if l[f.File][f.Line] {
		f.Source = ""
	}
	for i := range f.Related {
		if p := &f.Related[i].Place; l[p.File][p.Line] {
			p.Source = ""
		}
	}
}

func (l secretLines) add(file *source.File, span source.Span) {
	if l[file.Path] == nil {
		l[file.Path] = map[int]bool{}
	}
	for line := file.Position(span.Start).Line; line <= file.Position(max(span.Start, span.End-1)).Line; line++ {
		l[file.Path][line] = true
	}
}

// maxSecretDepth bounds the search for declarations, nested templates included.
const maxSecretDepth = 256

// template finds the secure parameters that a template and those nested in it
// declare.
func (l secretLines) template(file *source.File, node *source.Node, names map[string]bool, depth int) {
	if depth > maxSecretDepth {
		return
	}
	for _, f := range node.Fields {
		if typ := get(f.Value, "type"); isText(typ) && isSecureType(typ.Text) {
			names[strings.ToLower(f.Name)] = true
			l.add(file, f.Value.Span)
		}
		l.template(file, f.Value, names, depth+1)
	}
	for _, item := range node.Items {
		l.template(file, item, names, depth+1)
	}
}

func isSecureType(name string) bool {
	return strings.EqualFold(name, "securestring") || strings.EqualFold(name, "secureobject")
}

// parameters finds the values of secure parameters in a parameter file.
func (l secretLines) parameters(doc *source.Document, names map[string]bool) {
	values := doc.Root.GetFold("parameters")
	if values == nil {
		return
	}
	for _, f := range values.Fields {
		if names[strings.ToLower(f.Name)] {
			l.add(doc.File, f.Value.Span)
		}
	}
}
