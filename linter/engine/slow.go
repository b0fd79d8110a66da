package engine

import (
	"errors"
	"fmt"
	"sync"
)

// errSlow says that a rule took longer than Options.RuleTime.
var errSlow = errors.New("evaluation took longer than")

// maxSlow is how many resources a rule may be too slow for before it is no
// longer evaluated: a rule that runs away must not take its time once for each
// of a thousand resources.
const maxSlow = 3

// slowRules counts for how many resources each rule ran away, in time or memory.
type slowRules struct {
	mu    sync.Mutex
	times map[string]int
	// last are the errors by rule.
	last map[string]error
}

func (s *slowRules) add(rule string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.times == nil {
		s.times, s.last = map[string]int{}, map[string]error{}
	}
	s.times[rule]++
	s.last[rule] = err
}

// errorOf is how the rule last ran away.
func (s *slowRules) errorOf(rule string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last[rule]
}

// of is how often the rule was too slow.
func (s *slowRules) of(rule string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.times[rule]
}

// any says whether one of the rules was too slow before.
func (s *slowRules) any(rules []*query) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.times) == 0 {
		return false
	}
	for _, q := range rules {
		if s.times[q.rule.ID] > 0 {
			return true
		}
	}
	return false
}

// slowError is the error of a rule that was too slow.
func (e *Engine) slowError() error { return fmt.Errorf("%w %s", errSlow, e.opts.RuleTime) }
