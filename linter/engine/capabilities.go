package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// refused are the built-ins that reach the network, the clock, a source of
// randomness or the running program, beyond those that OPA itself marks as
// nondeterministic. A trailing dot refuses a whole family.
var refused = []string{
	"http.", "opa.", "rand.", "uuid.rfc4122", "net.lookup_ip_addr", "time.now_ns",
	"rego.parse_module", "rego.metadata.", "trace", "providers.",
	"io.jwt.",                                             // verification reads the clock
	"strings.render_template",                             // a language of its own, with loops
	"json.match_schema", "json.verify_schema", "graphql.", // may fetch what a schema refers to
}

// capabilities are what rules may use: pure built-ins and the language of
// Rego v1.
func capabilities() *ast.Capabilities {
	caps := ast.CapabilitiesForThisVersion()
	caps.AllowNet = []string{}
	caps.Builtins = slices.DeleteFunc(slices.Clone(caps.Builtins), func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.ContainsFunc(refused, func(r string) bool {
			return b.Name == r || strings.HasSuffix(r, ".") && strings.HasPrefix(b.Name, r)
		})
	})
	return caps
}
