package linter

import (
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// notRead is the doubt about a resource that the inputs refer to and that no
// file holds.
const notRead value.Reason = "the resource is in no file that was read"

// resourceSet is what is deployed together, by lower-cased resource id.
type resourceSet struct {
	// judged are the resources that the template deploys, inline children among them.
	judged []*arm.Resource
	// declared holds the declarations of each id in order: the last one writes last.
	declared map[string][]*arm.Resource
	// order keeps the ids in order of first appearance.
	order []string
	facts []*arm.Resource
	// shared is set where the resources are converted for rules and nothing else.
	shared *shared
}

func newResourceSet(d *arm.Deployment, facts []*arm.Resource) *resourceSet {
	set := &resourceSet{declared: map[string][]*arm.Resource{}, facts: facts}
	for _, res := range d.Hoist() {
		set.add(res)
		if !res.Existing {
			set.judged = append(set.judged, res)
		}
	}
	set.joinFacts()
	var deployed []string
	if len(facts) > 0 {
		deployed = set.standInIDs()
	}
	for _, res := range facts {
		key := strings.ToLower(res.ID)
		if isDeployed(key, deployed) {
			// The template is about to change it.
			continue
		}
		if known := set.declared[key]; len(known) == 0 {
			set.add(res)
		}
	}
	set.aliasNetworks()
	return set
}

func (s *resourceSet) add(res *arm.Resource) {
	key := strings.ToLower(res.ID)
	if _, ok := s.declared[key]; !ok {
		s.order = append(s.order, key)
	}
	s.declared[key] = append(s.declared[key], res)
}

// effective is the declaration of an id that counts, nil where there is none.
func (s *resourceSet) effective(id string) *arm.Resource {
	declared := s.declared[strings.ToLower(id)]
	if len(declared) == 0 {
		return nil
	}
	return declared[len(declared)-1]
}

// resourceDocument is input.resource of a resource: where it is what counts for its
// id, a part of the prepared input.deployment.
func (s *resourceSet) resourceDocument(r *run, deployment *engine.Document, res *arm.Resource) (*engine.Document, error) {
	if res.Conditional == nil && s.effective(res.ID) == res {
		if part := deployment.Part("resources", strings.ToLower(res.ID)); part != nil {
			return part, nil
		}
	}
	return engine.Prepare(s.forRules(r, res))
}

// plainDeployment is input.deployment as package policies describes it.
func (s *resourceSet) plainDeployment(r *run) map[string]any {
	resources := map[string]any{}
	duplicates := map[string]any{}
	types := map[string][]string{}
	for _, id := range s.order {
		declared := s.declared[id]
		last := declared[len(declared)-1]
		resources[id] = s.plainOrDoubt(r, last)
		typ := strings.ToLower(last.Type)
		types[typ] = append(types[typ], id)
		if len(declared) > 1 {
			all := make([]any, len(declared))
			for i, res := range declared {
				all[i] = s.plainOrDoubt(r, res)
			}
			duplicates[id] = all
		}
	}
	s.addReferenced(r, resources)
	byType := map[string]any{}
	for typ, ids := range types {
		slices.Sort(ids)
		list := make([]any, len(ids))
		for i, id := range ids {
			list[i] = id
		}
		byType[typ] = list
	}
	s.addUnnamed(r, byType)
	return map[string]any{
		"resources": resources, "duplicates": duplicates, "by_type": byType, "context": r.contextInput(),
	}
}

// addUnnamed lists an unknown id among those of a type where a resource holds
// children of that type which are not known, or has a name that is not: there
// may be more than are listed.
func (s *resourceSet) addUnnamed(r *run, byType map[string]any) {
	add := func(typ string, doubt *value.Doubt) {
		list, _ := byType[strings.ToLower(typ)].([]any)
		byType[strings.ToLower(typ)] = append(list, r.plain.unknown(doubt))
	}
	for _, id := range s.order {
		declared := s.declared[id]
		last := declared[len(declared)-1]
		for _, open := range last.OpenChildren() {
			add(open.Type, open.Doubt)
		}
		if name := last.Value.Get("name"); name != nil && name.Kind == value.Unknown && (name.Str == "" || s.isAdrift(last)) {
			add(last.Type, name.Doubt)
		}
	}
}

// isAdrift says whether a resource is the child of one that is not among the
// resources: where its name is not known, it may be the child of any.
func (s *resourceSet) isAdrift(res *arm.Resource) bool {
	if strings.Count(res.Type, "/") < 2 {
		return false
	}
	segments := strings.Split(res.ID, "/")
	return s.effective(strings.Join(segments[:max(0, len(segments)-2)], "/")) == nil
}

// contextInput is input.deployment.context: where the template is deployed,
// unknown where nobody said.
func (r *run) contextInput() map[string]any {
	known := func(name, v string) any {
		if v != "" {
			return v
		}
		return r.plain.unknown(r.contextDoubts[name])
	}
	return map[string]any{
		"subscription":  known("subscription", r.opts.Subscription),
		"resourceGroup": known("resourceGroup", r.opts.ResourceGroup),
		"location":      known("location", r.opts.Location),
	}
}

// plainOrDoubt is the resource as rules see it; one of which it is not known
// whether it is deployed is not known as a whole.
func (s *resourceSet) plainOrDoubt(r *run, res *arm.Resource) any {
	if res.Conditional != nil {
		return r.plain.unknown(res.Conditional)
	}
	return s.forRules(r, res)
}

// forRules is plainResource in a form that engine.Prepare takes.
func (s *resourceSet) forRules(r *run, res *arm.Resource) any {
	if s.shared != nil {
		return s.shared.resource(r, res)
	}
	return s.plainResource(r, res)
}

// unreadProperties is the doubt about a resource that the template only refers to.
func unreadProperties(res *arm.Resource) *value.Doubt {
	return &value.Doubt{Reason: notRead, Expr: res.Type + " " + res.Name, Origin: res.Origin}
}

func (s *resourceSet) plainResource(r *run, res *arm.Resource) map[string]any {
	plain, ok := r.plain.plain(res.Value).(map[string]any)
	if !ok {
		plain = map[string]any{}
	}
	plain["id"] = res.ID
	plain["type"] = r.canonicalType(res.Type)
	if _, named := plain["name"]; !named {
		plain["name"] = res.Name
	}
	if res.Existing {
		plain["existing"] = true
		if _, has := plain["properties"]; !has {
			plain["properties"] = r.plain.unknown(unreadProperties(res))
		}
	}
	return plain
}

// addReferenced gives each resource id that the resources mention and that no
// file holds an entry of its own: one that facts hold under another
// subscription or group than the stand-in, or else an unknown value, since
// whatever a rule would ask of it cannot be told.
func (s *resourceSet) addReferenced(r *run, resources map[string]any) {
	for _, key := range s.order {
		for _, res := range s.declared[key] {
			eachID(res.Value, func(v *value.Value) {
				id := strings.ToLower(v.Str)
				if _, known := resources[id]; known {
					return
				}
				if fact := s.factFor(id); fact != nil {
					s.declared[id] = []*arm.Resource{fact}
					resources[id] = s.forRules(r, fact)
					return
				}
				doubt := s.openChild(id)
				if doubt == nil {
					doubt = &value.Doubt{Reason: notRead, Expr: v.Str, Origin: v.Origin}
				}
				resources[id] = r.plain.unknown(doubt)
			})
		}
	}
}

// openChild is the doubt about the children of the resource that an id is below,
// nil where that resource is not deployed or has no such doubt.
func (s *resourceSet) openChild(id string) *value.Doubt {
	segments := strings.Split(id, "/")
	parent := s.effective(strings.Join(segments[:max(0, len(segments)-2)], "/"))
	if parent == nil {
		return nil
	}
	for _, open := range parent.OpenChildren() {
		if strings.EqualFold(open.Type, parent.Type+"/"+segments[len(segments)-2]) {
			return open.Doubt
		}
	}
	return nil
}

// eachID calls do for each string below a value that is a resource id.
func eachID(v *value.Value, do func(*value.Value)) {
	if !v.HoldsPath() {
		return
	}
	if isResourceID(v) {
		do(v)
	}
	for _, item := range v.Items {
		eachID(item, do)
	}
	for _, m := range v.Members {
		eachID(m.Value, do)
	}
}

func isResourceID(v *value.Value) bool {
	const start = "/subscriptions/"
	if v.Kind != value.String || len(v.Str) < len(start) || !strings.EqualFold(v.Str[:len(start)], start) {
		return false
	}
	return strings.Contains(v.Str, "/providers/") || strings.Contains(strings.ToLower(v.Str), "/providers/")
}

// locate finds the place of a hit, and where the value there came from.
func (s *resourceSet) locate(res *arm.Resource, hit engine.Hit) (Place, []Related) {
	if hit.Resource != "" {
		if other := s.effective(hit.Resource); other != nil {
			res = other
		}
	}
	spot := locateValue(res.Value, hit.Path)
	if spot.file == nil && res.Origin != nil {
		spot = valueSpot{file: res.Origin.File, span: res.Origin.Span}
	}
	if spot.file == nil {
		return Place{}, nil
	}
	return placeOf(spot.file, spot.span), related(spot.origin)
}
