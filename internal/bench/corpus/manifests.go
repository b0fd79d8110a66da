package corpus

import (
	"fmt"
	"strings"
)

// manifest is one file of manifests while it is made.
type manifest struct {
	dice
	seed      uint64
	index     int
	app       string
	namespace string
	anchors   bool
}

// recipes are the kinds of files, by how many of a hundred there are.
var recipes = []choice[func(*manifest) []object]{
	{11, (*manifest).publicWorkload},
	{9, (*manifest).internalWorkload},
	{20, (*manifest).workload},
	{7, (*manifest).database},
	{18, (*manifest).configuration},
	{6, (*manifest).secrets},
	{8, (*manifest).access},
	{5, (*manifest).route},
	{5, (*manifest).isolation},
	{11, (*manifest).custom},
}

// streams keep the choices for one kind of file apart from those for another.
const (
	streamManifest = iota + 1
	streamName
	streamTemplate
)

// filesPerTeam is how many files the folder of a team holds.
const filesPerTeam = 40

func newManifest(seed uint64, index int) *manifest {
	d := newDice(seed, streamManifest, index)
	return &manifest{dice: d, seed: seed, index: index, app: appName(seed, index), namespace: namespace(seed, index), anchors: d.chance(4)}
}

// Manifest is the file of Kubernetes manifests at the index: 2.2 documents and
// 1.6 kB on average.
func Manifest(seed uint64, index int) File {
	m := newManifest(seed, index)
	d, documents := m.dice, weighted(m.dice, recipes)(m)
	dir := fmt.Sprintf("%s/team-%03d/", pick(d, "clusters/west", "clusters/north", "apps"), index/filesPerTeam)
	if d.chance(40) {
		dir += m.app + "/"
	}
	name := fmt.Sprintf("%s-%05d", pick(d, "app", "manifest", "deploy", m.app), index)
	if len(documents) == 1 && d.chance(20) {
		return File{dir + name + ".json", jsonText(documents[0])}
	}
	extension := ".yaml"
	if d.chance(15) {
		extension = ".yml"
	}
	return File{dir + name + extension, yamlText(d, documents)}
}

// yamlText is the documents in one stream.
func yamlText(d dice, documents []object) []byte {
	w := &yamlWriter{dice: d, style: newStyle(d)}
	if d.chance(25) {
		w.WriteString("# " + d.sentence(d.between(4, 10)) + ".\n")
	}
	for i, document := range documents {
		if i > 0 || d.chance(30) {
			w.WriteString("---\n")
		}
		if d.chance(5) {
			fmt.Fprintf(w, "# %s:\n#   - %s\n", d.sentence(3), d.sentence(5))
		}
		w.document(document)
	}
	return w.Bytes()
}

// appName is the name of the application that the file at the index is about.
func appName(seed uint64, index int) string {
	d := newDice(seed, streamName, index)
	return fmt.Sprintf("%s-%s-%d", d.word(), d.word(), index)
}

// namespace is the one of the file at the index: of its team, or one of those
// that all teams share and that grow with the corpus.
func namespace(seed uint64, index int) string {
	d := newDice(seed, streamName, index/5)
	if d.chance(50) {
		return pick(d, "default", "staging", "production")
	}
	return fmt.Sprintf("team-%03d", index/filesPerTeam)
}

// object is what all objects begin with.
func (m *manifest) object(apiVersion, kind, name string, metadata ...field) object {
	base := object{{"name", name}, {"namespace", m.namespace}}
	return object{{"apiVersion", apiVersion}, {"kind", kind}, {"metadata", base.with(metadata...)}}
}

// labels are those of the application, the first of them the one that
// selectors ask for.
func (m *manifest) labels() object {
	labels := object{{"app.kubernetes.io/name", m.app}}
	if m.chance(60) {
		labels = labels.with(field{"app.kubernetes.io/part-of", strings.SplitN(m.app, "-", 2)[0]})
	}
	if m.chance(40) {
		labels = labels.with(field{"app.kubernetes.io/managed-by", pick(m.dice, "kustomize", "flux", "argocd")})
	}
	if m.chance(30) {
		labels = labels.with(field{"cost-center", fmt.Sprint(m.between(1000, 9999))})
	}
	return labels
}
