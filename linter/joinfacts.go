package linter

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm"
	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// standInIDs are the ids of what is deployed to a subscription or group that
// nobody named.
func (s *resourceSet) standInIDs() []string {
	var ids []string
	for _, res := range s.judged {
		id := strings.ToLower(res.ID)
		if strings.Contains(id, "/"+arm.StandInSubscription+"/") || strings.Contains(id, "/"+arm.StandInResourceGroup+"/") {
			ids = append(ids, id)
		}
	}
	return ids
}

// isDeployed says whether a fact, or what it is a child of, can be one of the
// resources that are deployed.
func isDeployed(fact string, deployed []string) bool {
	for _, id := range deployed {
		part := fact
		if n := strings.Count(id, "/"); strings.Count(fact, "/") > n {
			part = strings.Join(strings.Split(fact, "/")[:n+1], "/")
		}
		if matchesStandIn(id, part) {
			return true
		}
	}
	return false
}

// joinFacts puts facts in the place of what the template only names as existing.
func (s *resourceSet) joinFacts() {
	for _, id := range s.order {
		declared := s.declared[id]
		if last := declared[len(declared)-1]; !last.Existing || hasProperties(last) {
			continue
		}
		if fact := s.factFor(id); fact != nil {
			s.declared[id] = []*arm.Resource{fact}
		}
	}
}

// factFor finds the one fact that an id with stand-ins for the subscription or
// the resource group can mean, nil for none or several.
func (s *resourceSet) factFor(id string) *arm.Resource {
	var found *arm.Resource
	for _, fact := range s.facts {
		if matchesStandIn(id, strings.ToLower(fact.ID)) {
			if found != nil {
				return nil
			}
			found = fact
		}
	}
	return found
}

func matchesStandIn(id, fact string) bool {
	want, got := strings.Split(id, "/"), strings.Split(fact, "/")
	if len(want) != len(got) || len(want) < 7 {
		return false
	}
	for i := range want {
		standIn := i == 2 && want[i] == arm.StandInSubscription || i == 4 && want[i] == arm.StandInResourceGroup
		if want[i] != got[i] && !standIn {
			return false
		}
	}
	return true
}

// aliasNetworks repeats the facts about a virtual network under the id that the
// template has for it, where that holds stand-ins: rules compare the ids of
// a network's subnets.
func (s *resourceSet) aliasNetworks() {
	if len(s.facts) == 0 {
		return
	}
	seen := map[string]bool{}
	for _, res := range s.judged {
		eachID(res.Value, func(v *value.Value) {
			id := strings.ToLower(v.Str)
			network := networkOf(id)
			if network == "" || seen[id] {
				return
			}
			seen[id] = true
			if fact := s.factFor(id); fact != nil {
				s.alias(networkOf(strings.ToLower(fact.ID)), network)
			}
		})
	}
}

// alias adds the facts at and below one id under another.
func (s *resourceSet) alias(from, to string) {
	for _, fact := range s.facts {
		key := strings.ToLower(fact.ID)
		if key != from && !strings.HasPrefix(key, from+"/") || len(s.declared[to+key[len(from):]]) > 0 {
			continue
		}
		named := *fact
		named.ID = to + fact.ID[len(from):]
		s.add(&named)
	}
}

// networkOf is the id of the virtual network that a lower-cased id is at or
// below, empty for none.
func networkOf(id string) string {
	const kind = "/providers/microsoft.network/virtualnetworks/"
	start := strings.Index(id, kind)
	if start < 0 {
		return ""
	}
	name, _, _ := strings.Cut(id[start+len(kind):], "/")
	return id[:start+len(kind)+len(name)]
}
