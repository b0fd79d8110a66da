package linter

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// kustomizationNames are the names by which kustomize finds its file in a folder.
var kustomizationNames = []string{"kustomization.yaml", "kustomization.yml", kustomizationName}

// kustomizationName is the one that has no extension.
const kustomizationName = "Kustomization"

// kustomizationGroup begins the apiVersion of a kustomization, which may be left out.
const kustomizationGroup = "kustomize.config.k8s.io/"

// kustomization is what the file of kustomize lists, each as an absolute path.
type kustomization struct {
	// name is the file as reports call it.
	name               string
	patches, resources []string
}

// kustomizationOf reads a kustomization, nil for any other document.
func kustomizationOf(doc *source.Document, in input) *kustomization {
	if in.path == "" || !isKustomization(doc.Root, filepath.Base(in.path)) {
		return nil
	}
	dir, err := filepath.Abs(filepath.Dir(in.path))
	if err != nil {
		return nil
	}
	k := &kustomization{name: in.name}
	for _, list := range []struct {
		key, member string
		to          *[]string
	}{
		{"patches", "path", &k.patches}, {"patchesJson6902", "path", &k.patches}, {"patchesStrategicMerge", "", &k.patches},
		{"resources", "", &k.resources}, {"bases", "", &k.resources},
	} {
		for _, path := range texts(doc.Root.Get(list.key), list.member) {
			*list.to = append(*list.to, filepath.Join(dir, filepath.FromSlash(path)))
		}
	}
	return k
}

// isKustomization tells one by its kind, or where it leaves that out by its name.
func isKustomization(root *source.Node, base string) bool {
	if root.Kind != source.Object {
		return false
	}
	named := slices.Contains(kustomizationNames, base)
	version, kind := root.Get("apiVersion"), root.Get("kind")
	return (version == nil && named || isText(version) && strings.HasPrefix(version.Text, kustomizationGroup)) &&
		(kind == nil && named || isText(kind) && (kind.Text == "Kustomization" || kind.Text == "Component"))
}

// texts are the items of a list, or a member of each, that are text on one line: a
// patch of several is written out in the list itself.
func texts(list *source.Node, member string) (found []string) {
	if list == nil {
		return nil
	}
	for _, item := range list.Items {
		if member != "" {
			item = get(item, member)
		}
		if isText(item) && !strings.Contains(item.Text, "\n") {
			found = append(found, item.Text)
		}
	}
	return found
}

// passOverPatches drops the documents of files that a kustomization lists as patches:
// a patch is a part of an object, and what it lacks is not missing. A file that is a
// resource of another kustomization is an object all the same.
func passOverPatches(inputs []input, readings []reading) {
	of := patchFiles(readings)
	if len(of) == 0 {
		return
	}
	bases := map[string]bool{}
	for path := range of {
		bases[filepath.Base(path)] = true
	}
	for i := range readings {
		if !readings[i].parsed || !bases[filepath.Base(inputs[i].path)] {
			continue
		}
		path, err := filepath.Abs(inputs[i].path)
		if err != nil || of[path] == "" {
			continue
		}
		readings[i].unneeded += len(readings[i].documents)
		readings[i].documents = nil
		readings[i].skipped = []Skipped{{File: inputs[i].name, Reason: "a patch of " + of[path] + ": lint what kubectl kustomize prints"}}
	}
}

// patchFiles are the files that are patches and nothing else, each with the name
// of the first kustomization that lists it.
func patchFiles(readings []reading) map[string]string {
	of := map[string]string{}
	for _, reading := range readings {
		for _, k := range reading.kustomizations {
			for _, path := range k.patches {
				if of[path] == "" {
					of[path] = k.name
				}
			}
		}
	}
	if len(of) == 0 {
		return nil
	}
	for _, reading := range readings {
		for _, k := range reading.kustomizations {
			for _, path := range k.resources {
				delete(of, path)
			}
		}
	}
	return of
}
