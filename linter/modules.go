package linter

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"
)

// moduleNames are the lower-cased names of the files that templates mention,
// each with the templates that do: what a template names is deployed by it, with
// values that may not be known here.
func moduleNames(documents []document) map[string][]string {
	names := map[string][]string{}
	for _, doc := range documents {
		if doc.class != template {
			continue
		}
		seen := map[string]bool{}
		for _, name := range jsonNames(doc.File.Text) {
			name = strings.ToLower(name)
			if !seen[name] {
				seen[name] = true
				names[name] = append(names[name], doc.File.Path)
			}
		}
	}
	return names
}

// jsonNames are the names of JSON files in a text. Templates are long and name few
// files, so the extension is looked for and not the beginning.
func jsonNames(text []byte) []string {
	const extension = ".json"
	var names []string
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(extension))
		if i < 0 {
			return names
		}
		start, end := from+i, from+i+len(extension)
		for start > from && (isWord(text[start-1]) || text[start-1] == '.' || text[start-1] == '-') {
			start--
		}
		if start < from+i && (end == len(text) || !isWord(text[end])) {
			names = append(names, string(text[start:end]))
		}
		from = end
	}
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// moduleFolder is how folders of templates are called that others deploy.
var moduleFolder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(nested|linked|modules)[\-_]?(templates?|deployments?)?$`)
})

// isModule says whether another template deploys this one: it names its file, or
// the folder is called after that.
func isModule(doc document, names map[string][]string) bool {
	if moduleFolder().MatchString(path.Base(path.Dir(doc.File.Path))) {
		return true
	}
	for _, parent := range names[strings.ToLower(path.Base(doc.File.Path))] {
		if parent != doc.File.Path {
			return true
		}
	}
	return false
}
