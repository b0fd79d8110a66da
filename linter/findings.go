package linter

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// findingKey tells findings apart: what is equal in all of it is one finding
// that several worlds or deployments share.
type findingKey struct {
	rule, file   string
	line, column int
	message      string
}

func (f *Finding) key() findingKey {
	return findingKey{f.Rule, f.File, f.Line, f.Column, f.Message}
}

// findingSet collects findings, each once.
type findingSet struct {
	list  []*Finding
	index map[findingKey]*Finding
}

// add puts a finding into the set and returns the one that stands for it. Of
// two with different severities the more severe stays.
func (s *findingSet) add(f Finding) *Finding {
	if s.index == nil {
		s.index = map[findingKey]*Finding{}
	}
	key := f.key()
	if known, ok := s.index[key]; ok {
		if severityRank(f.Severity) < severityRank(known.Severity) {
			known.Severity = f.Severity
		}
		for _, d := range f.Deployments {
			if !slices.Contains(known.Deployments, d) {
				known.Deployments = append(known.Deployments, d)
			}
		}
		if len(f.When) == 0 {
			known.When = nil
		}
		return known
	}
	s.index[key] = &f
	s.list = append(s.list, &f)
	return &f
}

// severityRank orders severities, the most severe first.
func severityRank(s engine.Severity) int {
	switch s {
	case engine.Error:
		return 0
	case engine.Warning:
		return 1
	}
	return 2
}

// MoreSevere orders findings for outputs that show only some: by severity, then by place.
func MoreSevere(a, b Finding) int {
	return cmp.Or(cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)), byPlace(a, b))
}

func byPlace(a, b Finding) int {
	return cmp.Or(
		strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message),
	)
}

// fingerprint identifies a finding by what survives when lines move: the
// rule, the file, the resource and the text of the line. Equal ones in
// one file are told apart by their order.
func fingerprints(findings []Finding) {
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		if f.Fingerprint != "" {
			continue
		}
		base := strings.Join([]string{f.Rule, f.File, f.Resource, strings.Join(strings.Fields(f.Source), " ")}, "\x00")
		n := seen[base]
		seen[base]++
		sum := sha256.Sum256([]byte(base + "\x00" + string(rune('0'+n%10)) + strings.Repeat("+", n/10)))
		f.Fingerprint = hex.EncodeToString(sum[:8])
	}
}
