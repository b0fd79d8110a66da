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
		relative := strings.TrimPrefix(strings.ReplaceAll(v.Str, `\`, "/"), "./")
		return e.readLinked(n, e.frame.file, relative, what, Warning)
	}
	n := link.GetFold("uri")
	if n == nil {
		return e.notRead(link, what, "it is a template spec")
	}
	v := e.text(n, "uri")
	if v == nil || v.Str == "" {
		return e.notRead(n, what, "its address is not known before deployment")
	}
	relative, ok := e.x.relative(v)
	if !ok {
		return e.notRead(n, what, "it is not read from the network")
	}
	root := e.x.out.root.file
	// A template in a folder of its own is mostly deployed from the folder above.
	if folder, rest, ok := strings.Cut(relative, "/"); ok && folder == path.Base(path.Dir(root.Path)) && e.x.exists(root, rest) {
		relative = rest
	}
	return e.readLinked(n, root, relative, what, Note)
}

// notRead reports a link that is not followed.
func (e *env) notRead(n *source.Node, what, why string) *source.Document {
	e.x.report(Diagnostic{Code: CodeLinked, Severity: Note, Origin: e.origin(n), Message: "Linked " + what + " is not evaluated: " + why + "."})
	return nil
}

// relative returns the path, relative to the root template's folder, of a file
// whose address was composed from the template's own: through
// deployment().properties.templateLink.uri, the parameter _artifactsLocation, or
// a parameter for the address that nobody gave.
func (x *expander) relative(uri *value.Value) (string, bool) {
	address := uri.Str
	// A token for the access may follow.
	if end := strings.Index(strings.ToLower(address), ".json"); end >= 0 {
		address = address[:end+len(".json")]
	}
	if rest, ok := strings.CutPrefix(address, linkRoot); ok {
		return climb(linkFolders, rest)
	}
	if base := x.out.root.parameter(artifacts); base != nil && base.Str != "" {
		for _, folder := range []string{base.Str, base.Str[:strings.LastIndexByte(base.Str, '/')+1]} {
			folder = strings.TrimRight(folder, "/")
			if rest, ok := strings.CutPrefix(address, folder+"/"); ok && folder != "" {
				return strings.TrimLeft(rest, "/"), true
			}
		}
	}
	if uri.Kind == value.Unknown && strings.HasPrefix(address, "{") {
		if _, rest, ok := strings.Cut(address, "}/"); ok && !strings.ContainsAny(rest, "{}") {
			return strings.TrimLeft(rest, "/"), true
		}
	}
	return "", false
}

// artifacts is the parameter that Azure's own tools set to the folder which a
// template is deployed from.
const artifacts = "_artifactsLocation"

// climb makes a path relative to a folder, both below the same root.
func climb(folder, file string) (string, bool) {
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	from := strings.Split(strings.TrimRight(folder, "/"), "/")
	to := strings.Split(file, "/")
	same := 0
	for same < len(from) && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-same) + strings.Join(to[same:], "/"), file != ""
}

// addressOf is the address that a linked file has for its own links: that of
// the root template's folder with the way from there to the file.
func (x *expander) addressOf(file *source.File) string {
	up, way := "", path.Dir(x.out.root.file.Path)
	for way != "." && way != "/" && !strings.HasPrefix(file.Path, way+"/") {
		up, way = up+"../", path.Dir(way)
	}
	rest := strings.TrimPrefix(file.Path, way+"/")
	return linkRoot + strings.TrimPrefix(path.Join("/", linkFolders, up, rest), "/")
}

// exists says whether a linked file can be read.
func (x *expander) exists(beside *source.File, relative string) bool {
	if x.opts.ReadLinked == nil || len(x.linked) >= x.limits.LinkedFiles {
		return false
	}
	doc, err := x.opts.ReadLinked(x.ctx, beside.Path, relative)
	return err == nil && doc != nil
}

// readLinked reads a file that a template links to, relative to another. A file that is not there
// is reported with the given severity.
func (e *env) readLinked(n *source.Node, beside *source.File, relative, what string, absent Severity) *source.Document {
	x := e.x
	from := beside.Path
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
