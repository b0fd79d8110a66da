package linter

import (
	"path"
	"regexp"
	"strings"
)

// jsonName finds names of JSON files in a text.
var jsonName = regexp.MustCompile(`[\w.\-]+\.json\b`)

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
		for _, name := range jsonName.FindAllString(string(doc.File.Text), -1) {
			name = strings.ToLower(name)
			if !seen[name] {
				seen[name] = true
				names[name] = append(names[name], doc.File.Path)
			}
		}
	}
	return names
}

// moduleFolder is how folders of templates are called that others deploy.
var moduleFolder = regexp.MustCompile(`(?i)^(nested|linked|modules)[\-_]?(templates?|deployments?)?$`)

// isModule says whether another template deploys this one: it names its file, or
// the folder is called after that.
func isModule(doc document, names map[string][]string) bool {
	if moduleFolder.MatchString(path.Base(path.Dir(doc.File.Path))) {
		return true
	}
	for _, parent := range names[strings.ToLower(path.Base(doc.File.Path))] {
		if parent != doc.File.Path {
			return true
		}
	}
	return false
}
