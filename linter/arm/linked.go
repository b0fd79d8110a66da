package arm

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// linkBase stands for the address that a template is deployed from. What is
// composed from it leads to files beside the template; the folders leave room
// for "..".
const linkBase = linkRoot + linkFolders + "template.json"

const (
	linkRoot    = "https://template-link.invalid/"
	linkFolders = "1/2/3/4/5/6/7/8/"
)

// linkedTemplate reads the template that a templateLink leads to; nil, with a
// diagnostic, where it cannot be read.
func (e *env) linkedTemplate(link *source.Node) *source.Document {
	return e.linked(link, "template")
}

// linkedParameters reads the file of a parametersLink.
func (e *env) linkedParameters(link *source.Node) *source.Document {
	return e.linked(link, "parameter file")
}

func (e *env) linked(link *source.Node, what string) *source.Document {
	if link.Kind != source.Object {
		e.x.fail(CodeTemplate, e.origin(link), "The link to a %s must be an object.", what)
		return nil
	}
	if n := link.GetFold("relativePath"); n != nil {
		v := e.text(n, "relativePath")
		if v == nil || v.Kind != value.String {
			return e.notRead(n, what, "its path is not known before deployment")
		}
		return e.readLinked(n, strings.TrimPrefix(strings.ReplaceAll(v.Str, `\`, "/"), "./"), what, Warning)
	}
	n := link.GetFold("uri")
	if n == nil {
		return e.notRead(link, what, "it is a template spec")
	}
	v := e.text(n, "uri")
	if v == nil || v.Str == "" {
		return e.notRead(n, what, "its address is not known before deployment")
	}
	relative, ok := e.relativeTo(v.Str)
	if !ok {
		return e.notRead(n, what, "it is not read from the network")
	}
	return e.readLinked(n, relative, what, Note)
}

// notRead reports a link that is not followed.
func (e *env) notRead(n *source.Node, what, why string) *source.Document {
	e.x.report(Diagnostic{Code: CodeLinked, Severity: Note, Origin: e.origin(n), Message: "Linked " + what + " is not evaluated: " + why + "."})
	return nil
}

// relativeTo returns the path, relative to the template's folder, of a file
// whose address was composed from the template's own: through
// deployment().properties.templateLink.uri or the parameter _artifactsLocation.
func (e *env) relativeTo(uri string) (string, bool) {
	uri = strings.TrimSuffix(uri, "{_artifactsLocationSasToken}")
	if cut := strings.IndexByte(uri, '?'); cut >= 0 {
		uri = uri[:cut]
	}
	if rest, ok := strings.CutPrefix(uri, linkRoot); ok {
		return climb(linkFolders, rest), rest != ""
	}
	if _, declared := e.frame.parameters[value.Fold("_artifactsLocation")]; !declared {
		return "", false
	}
	base := e.frame.parameter("_artifactsLocation").Str
	if rest, ok := strings.CutPrefix(base, linkRoot); ok {
		base = linkRoot + rest
	}
	for _, folder := range []string{base, base[:strings.LastIndexByte(base, '/')+1]} {
		folder = strings.TrimRight(folder, "/")
		if rest, ok := strings.CutPrefix(uri, folder+"/"); ok && folder != "" {
			return strings.TrimLeft(rest, "/"), true
		}
	}
	return "", false
}

// climb makes a path relative to a folder, both below the same root.
func climb(folder, file string) string {
	from := strings.Split(strings.TrimRight(folder, "/"), "/")
	to := strings.Split(file, "/")
	same := 0
	for same < len(from) && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-same) + strings.Join(to[same:], "/")
}

// readLinked reads a file that a template links to. A file that is not there
// is reported with the given severity.
func (e *env) readLinked(n *source.Node, relative, what string, absent Severity) *source.Document {
	x := e.x
	from := e.frame.file.Path
	if x.opts.ReadLinked == nil {
		return e.notRead(n, what, "linked files are not read")
	}
	key := path.Join(path.Dir(from), relative)
	if doc, ok := x.linked[key]; ok {
		return doc
	}
	if len(x.linked) >= x.limits.LinkedFiles {
		x.fail(CodeLimit, e.origin(n), "there are more than %d linked files", x.limits.LinkedFiles)
		return nil
	}
	doc, err := x.opts.ReadLinked(x.ctx, from, relative)
	if err == nil && (doc == nil || doc.Root == nil || doc.Root.Kind != source.Object) {
		err = errors.New("it is not an object")
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.report(Diagnostic{Code: CodeLinked, Severity: absent, Origin: e.origin(n), Message: "Linked " + what + " file not found: '" + relative + "'."})
		doc = nil
	case err != nil:
		x.report(Diagnostic{Code: CodeLinked, Severity: Warning, Origin: e.origin(n), Message: "Linked " + what + " file '" + relative + "' cannot be read: " + err.Error() + "."})
		doc = nil
	}
	x.linked[key] = doc
	return doc
}
