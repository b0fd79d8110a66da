package linter

import (
	"maps"
	"slices"
	"sync"
)

// links are the templates that link to others, by the path of what they link to.
// Templates are expanded at the same time, so all parents are kept: which one came
// first would hang on timing.
type links struct {
	mu      sync.Mutex
	parents map[string]map[string]bool
}

// add notes that a template links to another. A link to itself says nothing.
func (l *links) add(parent, child string) {
	if parent == child {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.parents == nil {
		l.parents = map[string]map[string]bool{}
	}
	if l.parents[child] == nil {
		l.parents[child] = map[string]bool{}
	}
	l.parents[child][parent] = true
}

// covered maps each of the templates that is deployed by another one to the first of
// its parents. Of templates that link to each other in a circle the first one
// is deployed on its own: else none would be judged.
func (l *links) covered(templates []string) map[string]string {
	children := map[string][]string{}
	for child, parents := range l.parents {
		for parent := range parents {
			children[parent] = append(children[parent], child)
		}
	}
	reached := map[string]bool{}
	var reach func(path string)
	reach = func(path string) {
		for _, child := range children[path] {
			if !reached[child] {
				reached[child] = true
				reach(child)
			}
		}
	}
	roots := map[string]bool{}
	for _, rootsOnly := range []bool{true, false} {
		for _, path := range slices.Sorted(slices.Values(templates)) {
			if isRoot := len(l.parents[path]) == 0; isRoot == rootsOnly && !reached[path] {
				roots[path] = true
				reach(path)
			}
		}
	}
	covered := map[string]string{}
	for _, path := range templates {
		if reached[path] && !roots[path] {
			covered[path] = slices.Min(slices.Collect(maps.Keys(l.parents[path])))
		}
	}
	return covered
}
