package arm

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// parameter is a declared parameter of a template.
type parameter struct {
	name string
	// place is that among the template's parameters.
	place int
	at    source.Span
	node  *source.Node
	def   typeDef
	// given returns the supplied value; nil where there is none.
	given func() *value.Value
	used  bool
	thunk
}

func (f *frame) declareParameters(n *source.Node) {
	if n == nil {
		return
	}
	definitions := f.node.GetFold("definitions")
	for i := range n.Fields {
		field := &n.Fields[i]
		if field.Overridden {
			continue
		}
		p := &parameter{
			name: field.Name, place: len(f.order), at: field.NameSpan, node: field.Value,
			def: newTypeDef(f.file, field.Value, definitions),
		}
		f.parameters[value.Fold(field.Name)] = p
		f.order = append(f.order, p)
	}
}

// give supplies the value of a parameter. A name that is not declared is
// reported at its place.
func (f *frame) give(name string, at *value.Origin, given func() *value.Value) {
	if p := f.parameters[value.Fold(name)]; p != nil {
		p.given = given
		return
	}
	f.x.fail(CodeExtraParameter, at, "The template parameters '%s' are not valid; they are not present in the original template and can therefore not be provided at deployment time.", name)
}

// parameter returns the value of a parameter, or nil where it is not declared.
func (f *frame) parameter(name string) *value.Value {
	p := f.parameters[value.Fold(name)]
	if p == nil {
		return nil
	}
	if !f.x.outputs {
		p.used = true
	}
	if f.root {
		f.x.reads |= readOf(p.place)
	}
	if known := f.x.known(&p.thunk); known != nil {
		return known
	}
	return f.x.force(&p.thunk, "parameters('"+p.name+"')", f.at(p.at), func() *value.Value {
		v := f.checked(p, f.valueOf(p))
		if p.def.secure() {
			v = secret(v)
		}
		return v
	})
}

// valueOf: what was supplied, else the default, else null for a nullable
// parameter, else nobody knows. A supplied null counts as not supplied.
func (f *frame) valueOf(p *parameter) *value.Value {
	if p.given != nil {
		if v := p.given(); v.Kind != value.Null {
			return v
		}
	}
	if d := p.node.GetFold("defaultValue"); d != nil {
		return f.standIn(p, named(f.env().node(d), value.ParameterDefault, p.name))
	}
	if p.def.nullable() {
		return value.NewNull().WithOrigin(f.at(p.at))
	}
	if f.complete {
		return f.standIn(p, f.x.fail(CodeParameter, f.at(p.at), "The value for the template parameter '%s' is not provided.", p.name))
	}
	doubt := &value.Doubt{Reason: value.MissingParameter, Expr: "parameters('" + p.name + "')", Secret: p.def.secure(), Origin: f.at(p.at)}
	if f.root {
		doubt.Parameter = p.name
	}
	return f.standIn(p, value.NewUnknown(doubt))
}

// standIn gives an unknown text a stand-in, so that the names and ids made of
// it match each other.
func (f *frame) standIn(p *parameter, v *value.Value) *value.Value {
	if v.Kind != value.Unknown || v.Str != "" {
		return v
	}
	switch p.def.name() {
	case "string", "securestring", "int":
	default:
		return v
	}
	named := *v
	named.Str = "{" + p.name + "}"
	if strings.EqualFold(p.name, artifacts) {
		named.Str = linkRoot + linkFolders
	} else if !f.root {
		named.Str = "{" + f.label + "." + p.name + "}"
	}
	return &named
}

// checked reports a value that its declaration does not allow. One of the
// wrong type is not used.
func (f *frame) checked(p *parameter, v *value.Value) *value.Value {
	wrong := p.def.check(v)
	if wrong == "" {
		return v
	}
	at := v.Origin
	if at == nil {
		at = f.at(p.at)
	}
	if p.def.name() == "secureobject" && v.Kind == value.Object {
		wrong = "The value is not of the declared type."
	}
	failed := f.x.fail(CodeParameter, at, "The provided value for the template parameter '%s' is not valid. %s", p.name, wrong)
	if want, ok := wanted[p.def.name()]; ok && v.Kind != want.kind {
		return failed
	}
	return v
}

// secret marks a value and all that is in it.
func secret(v *value.Value) *value.Value {
	switch v.Kind {
	case value.Array:
		items := make([]*value.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = secret(item)
		}
		marked := value.NewArray(items)
		marked.Origin = v.Origin
		return marked.WithSecret(true)
	case value.Object:
		members := make([]value.Member, len(v.Members))
		for i, m := range v.Members {
			m.Value = secret(m.Value)
			members[i] = m
		}
		marked := value.NewObject(members)
		marked.Origin = v.Origin
		return marked.WithSecret(true)
	}
	return v.WithSecret(true)
}

// summary describes the parameters for the caller.
func (f *frame) summary() []Parameter {
	list := make([]Parameter, 0, len(f.order))
	for _, p := range f.order {
		s := Parameter{
			Name: p.name, Type: p.def.name(), Secure: p.def.secure(),
			Default: p.node.GetFold("defaultValue") != nil, Supplied: p.given != nil, Used: p.used,
			Origin: f.at(p.at),
		}
		if allowed := p.def.get("allowedValues"); allowed != nil {
			for _, item := range allowed.Items {
				s.Allowed = append(s.Allowed, value.FromNode(f.file, item))
			}
		}
		if p.state == done {
			s.Value = p.value
		}
		list = append(list, s)
	}
	return list
}

// giveFile supplies the values of a parameter file: they are literal.
func (f *frame) giveFile(doc *source.Document) {
	if doc == nil || doc.Root == nil {
		return
	}
	values := doc.Root
	if n := doc.Root.GetFold("parameters"); n != nil {
		values = n
	}
	for i := range values.Fields {
		field := &values.Fields[i]
		if field.Overridden || strings.HasPrefix(field.Name, "$") {
			continue
		}
		at := &value.Origin{File: doc.File, Span: field.NameSpan, Step: value.ParameterFile, Name: field.Name}
		entry := field.Value
		f.give(field.Name, at, func() *value.Value { return f.fileValue(doc.File, entry, at) })
	}
}

// fileValue reads one entry of a parameter file.
func (f *frame) fileValue(file *source.File, entry *source.Node, at *value.Origin) *value.Value {
	if v := entry.GetFold("value"); v != nil {
		return named(value.FromNode(file, v), value.ParameterFile, at.Name)
	}
	if entry.GetFold("reference") != nil {
		return keyVault(at)
	}
	if e := entry.GetFold("expression"); e != nil {
		return value.NewUnknown(&value.Doubt{Reason: value.UnsupportedFunction, Expr: e.Text, Origin: at}).WithOrigin(at)
	}
	if entry.Kind == source.Object && len(entry.Fields) == 0 {
		return value.NewNull()
	}
	return f.x.fail(CodeTemplate, at, "The parameter '%s' has neither a value nor a reference.", at.Name)
}

// keyVault is a value that is read from a Key Vault at deployment.
func keyVault(at *value.Origin) *value.Value {
	return value.NewUnknown(&value.Doubt{
		Reason: value.KeyVault, Expr: fmt.Sprintf("Key Vault secret of %s", at.Name), Secret: true, Origin: at,
	}).WithOrigin(at)
}

// rootFrame is the frame of the template that is expanded, with the supplied
// values.
func (x *expander) rootFrame(doc *source.Document, scope Scope) *frame {
	c := x.opts.Context
	to := target{
		scope:           scope,
		subscription:    assumed(c.SubscriptionID, StandInSubscription, "subscription().subscriptionId"),
		group:           assumed(c.ResourceGroup, StandInResourceGroup, "resourceGroup().name"),
		managementGroup: assumed(c.ManagementGroup, "management-group", "managementGroup().name"),
	}
	f := x.newFrame(doc.File, doc.Root, to, assumed(c.DeploymentName, stem(doc.File.Path), "deployment().name"))
	f.root = true
	for _, file := range x.opts.Parameters {
		f.giveFile(file)
	}
	for _, name := range slices.Sorted(maps.Keys(x.opts.Set)) {
		v := x.opts.Set[name]
		p := f.parameters[value.Fold(name)]
		if p == nil {
			f.x.fail(CodeExtraParameter, f.at(doc.Root.Span), "The template parameters '%s' are not valid; they are not present in the original template and can therefore not be provided at deployment time.", name)
			continue
		}
		p.given = func() *value.Value { return p.set(v, doc.File) }
	}
	return f
}

// set is a value of Options.Set with its origin: where it was written, or else where
// the parameter is declared.
func (p *parameter) set(v *value.Value, declared *source.File) *value.Value {
	at := value.Origin{File: declared, Span: p.at, Step: value.ParameterSet, Name: p.name}
	if from := v.Origin; from != nil {
		if from.Step == value.ParameterTried {
			at.Step = from.Step
		}
		if from.File != nil {
			at.File, at.Span, at.From = from.File, from.Span, from.From
		}
	}
	return v.WithOrigin(&at)
}

// assumed is a part of the context: unknown with a stand-in where nobody gave
// it.
func assumed(given, standIn, expr string) *value.Value {
	if given != "" {
		return value.NewString(given)
	}
	v := unknownContext(expr)
	v.Str = standIn
	return v
}

// stem is the name of a file without its folder and ending.
func stem(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if dot := strings.IndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	return name
}
