package engine

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// checkData refuses custom modules that read data which nothing provides: it would
// be undefined for ever, and what hangs on it never judged.
func (e *Engine) checkData(p *problems) {
	own := []ast.Ref{
		{ast.DefaultRootDocument, ast.StringTerm("params")},
		{ast.DefaultRootDocument, ast.StringTerm("settings")},
	}
	for _, m := range e.modules {
		own = append(own, m.header.Package.Path)
	}
	for _, m := range e.modules {
		if !m.source.Custom || m.module == nil {
			continue
		}
		ast.WalkRefs(m.module, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.DefaultRootDocument) && !provided(ref.ConstantPrefix(), own) {
				loc := ref[0].Location
				if loc == nil {
					loc = m.header.Package.Location
				}
				p.at(loc, "nothing provides %s: no module has this package, and data files are not read (write the data as a module of the package)", ref.ConstantPrefix())
			}
			return false
		})
	}
}

// provided says whether a reference leads to, into or above one of the documents.
func provided(ref ast.Ref, documents []ast.Ref) bool {
	return slices.ContainsFunc(documents, func(d ast.Ref) bool { return ref.HasPrefix(d) || d.HasPrefix(ref) })
}
