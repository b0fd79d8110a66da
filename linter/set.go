package linter

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// setFor are the parameter values of a command line for one template: those
// that it declares, each as its declared type reads it.
func setFor(set map[string]string, template *source.Document) map[string]*value.Value {
	values := map[string]*value.Value{}
	for name, text := range set {
		if declared, ok := declaredParameter(template, name); ok {
			values[name] = parseValue(name, text, declared)
		}
	}
	return values
}

// checkSet says which values no template declares.
func (r *run) checkSet(documents []document) error {
	var declared []string
	templates := 0
	for _, doc := range documents {
		if doc.class == template {
			templates++
			declared = append(declared, parameterNamesOf(doc.Document)...)
		}
	}
	if templates == 0 || r.opts.Config != nil {
		// A configuration serves runs over other folders as well.
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.opts.Set)) {
		if !slices.ContainsFunc(declared, func(d string) bool { return strings.EqualFold(d, name) }) {
			return fmt.Errorf("setting parameter %q: no template declares it%s", name, DidYouMean(name, declared))
		}
	}
	return nil
}

func parameterNamesOf(template *source.Document) []string {
	parameters := template.Root.GetFold("parameters")
	if parameters == nil {
		return nil
	}
	names := make([]string, 0, len(parameters.Fields))
	for _, f := range parameters.Fields {
		names = append(names, f.Name)
	}
	return names
}

// declaredParameter is the declared type of a parameter in lower case.
func declaredParameter(template *source.Document, name string) (typ string, ok bool) {
	parameters := template.Root.GetFold("parameters")
	if parameters == nil || parameters.Kind != source.Object {
		return "", false
	}
	declaration := parameters.GetFold(name)
	if declaration == nil || declaration.Kind != source.Object {
		return "", false
	}
	if typ := declaration.GetFold("type"); isText(typ) {
		return strings.ToLower(typ.Text), true
	}
	return "", true
}

// parseValue reads a value of a command line: text for a string parameter, else
// JSON where it is valid JSON, else text.
func parseValue(name, text, typ string) *value.Value {
	if typ == "string" || typ == "securestring" {
		var quoted string
		if json.Unmarshal([]byte(text), &quoted) == nil {
			return value.NewString(quoted)
		}
		return value.NewString(text)
	}
	docs, problems := source.Parse(context.Background(), source.NewFile("--set "+name, []byte(text)), source.JSON, source.DefaultLimits())
	if len(problems) > 0 || len(docs) != 1 || !json.Valid([]byte(text)) {
		return value.NewString(text)
	}
	return value.FromNode(docs[0].File, docs[0].Root)
}
