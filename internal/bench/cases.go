package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/internal/bench/corpus"
)

// benchCase is a corpus with what is asked of it.
type benchCase struct {
	corpus corpus.Corpus
	// path is what the programs are given, below the work folder.
	path string
	// policy is the folder of conftest's rule.
	policy string
	// rules are those of aksnetlint that find what conftest's rule finds.
	rules []string
	// share is how many of the rounds the case has: small cases vary more and
	// cost less.
	share float64
	// must and stretch are limits for the ratio of the times; 0 for none.
	must, stretch float64
}

var (
	exposureRules = []string{"public-load-balancer", "internal-annotation-value"}
	kubenetRules  = []string{"kubenet-retirement"}
)

var cases = []benchCase{
	{found("tiny"), "tiny/service.yaml", "manifests", exposureRules, 3, 0.60, 0.35},
	{found("k8s-100"), "k8s-100", "manifests", exposureRules, 1, 0, 0},
	{found("k8s-1000"), "k8s-1000", "manifests", exposureRules, 1, 0.12, 0.06},
	{found("k8s-10000"), "k8s-10000", "manifests", exposureRules, 1.0 / 3, 0.10, 0.04},
	{found("arm-100"), "arm-100", "templates", kubenetRules, 1, 0.40, 0.20},
}

// The limits that are not ratios of times; memory is in bytes.
const (
	memoryCase    = "k8s-10000"
	memoryMust    = 150e6
	memoryStretch = 60e6

	growthFrom = "k8s-1000"
	growthTo   = "k8s-10000"
	growthMust = 1.05
)

func found(name string) corpus.Corpus {
	c, _ := corpus.Find(name)
	return c
}

func caseNames() []string {
	names := make([]string, len(cases))
	for i, c := range cases {
		names[i] = c.corpus.Name
	}
	return names
}

func findCases(names []string) ([]benchCase, error) {
	var chosen []benchCase
	for _, name := range names {
		i := slices.Index(caseNames(), strings.TrimSpace(name))
		if i < 0 {
			return nil, fmt.Errorf("no case %q; there are %s", name, strings.Join(caseNames(), ", "))
		}
		chosen = append(chosen, cases[i])
	}
	return chosen, nil
}

// roundsOf is the share of the case in so many rounds, at least one.
func (c benchCase) roundsOf(rounds int) int {
	return max(1, int(math.Round(float64(rounds)*c.share)))
}
