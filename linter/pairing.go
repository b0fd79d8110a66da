package linter

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// pairParameters finds the parameter files of each template among the
// documents, by the habits in use:
//
//	X.parameters.json, X.parameters.prod.json, X.prod.parameters.json beside X.json
//	parameters/X.json, parameters/X.parameters.prod.json
//	parameters.json, parameters.prod.json beside the only template of the folder
//	a metadata.template link inside the parameter file
//
// It returns, by index into documents, the parameter files of each template.
func pairParameters(documents []document) map[int][]int {
	templates := map[string][]int{}
	byPath := map[string]int{}
	for i, doc := range documents {
		if doc.class == template {
			dir, _ := path.Split(doc.File.Path)
			templates[dir] = append(templates[dir], i)
			byPath[path.Clean(doc.File.Path)] = i
		}
	}
	pairs := map[int][]int{}
	for i, doc := range documents {
		if doc.class != parameterFile {
			continue
		}
		if t, ok := linkedTemplate(doc.Document, byPath); ok {
			pairs[t] = append(pairs[t], i)
			continue
		}
		dir, base := path.Split(doc.File.Path)
		for _, t := range candidates(dir, templates) {
			if parametersBelongTo(base, path.Base(documents[t].File.Path), len(templates[dir]) == 1 || len(templates[dir]) == 0) {
				pairs[t] = append(pairs[t], i)
			}
		}
	}
	return pairs
}

// linkedTemplate follows the template link of a parameter file's metadata.
func linkedTemplate(doc *source.Document, byPath map[string]int) (int, bool) {
	link := arm.TemplateLink(doc)
	if link == "" {
		return 0, false
	}
	t, ok := byPath[path.Join(path.Dir(doc.File.Path), strings.ReplaceAll(link, `\`, "/"))]
	return t, ok
}

// candidates are the templates that a parameter file in a folder may belong to:
// those beside it, and for a folder named parameters those beside the folder.
func candidates(dir string, templates map[string][]int) []int {
	list := slices.Clone(templates[dir])
	parent, name := path.Split(strings.TrimSuffix(dir, "/"))
	switch strings.ToLower(name) {
	case "parameters", "params", "parameter":
		list = append(list, templates[parent]...)
	}
	return list
}

var parameterWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)[.\-_]?param(eter)?s?([.\-_]|$)`) })

// parametersBelongTo compares file names: without its parameters part the
// name must be the template's, alone or with an environment behind it.
func parametersBelongTo(parameters, template string, only bool) bool {
	stem := func(name string) string {
		lower := strings.ToLower(name)
		return strings.TrimSuffix(strings.TrimSuffix(lower, path.Ext(lower)), ".template")
	}
	p, t := stem(parameters), stem(template)
	if p == t {
		return true
	}
	if loc := parameterWord().FindStringIndex(p); loc != nil {
		head, tail := strings.Trim(p[:loc[0]], ".-_"), p[loc[1]:]
		switch {
		case head == t:
			return true
		case head == "" && tail == t:
			return true
		case head == "" && only:
			return true
		case strings.HasPrefix(head, t+".") || strings.HasPrefix(head, t+"-"):
			return true
		}
	}
	return false
}
