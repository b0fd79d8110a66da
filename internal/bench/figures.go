package main

import (
	"math"
	"slices"
	"time"
)

// median is the value in the middle, or halfway between the two there; 0 of
// none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// The figures of a sample.
func wall(s sample) float64   { return float64(s.Wall) / float64(time.Millisecond) }
func cpu(s sample) float64    { return float64(s.CPU) / float64(time.Millisecond) }
func memory(s sample) float64 { return float64(s.Memory) }

// medianOf is the median of a figure over samples.
func medianOf(samples []sample, figure func(sample) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = figure(s)
	}
	return median(values)
}

// ratio is the median over the rounds of own/conftest. Pairs of one round met
// the machine in the same state.
func (r result) ratio(figure func(sample) float64) float64 {
	ratios := make([]float64, min(len(r.own), len(r.conftest)))
	for i := range ratios {
		ratios[i] = figure(r.own[i]) / figure(r.conftest[i])
	}
	return median(ratios)
}

// exponent is k where the time grows with the number of files to the power of k.
func exponent(fewFiles, manyFiles int, fewTime, manyTime float64) float64 {
	return math.Log(manyTime/fewTime) / math.Log(float64(manyFiles)/float64(fewFiles))
}

// growth is the exponent of the time of one of the programs; it is not known
// without both cases.
func growth(results []result, samples func(result) []sample) (float64, bool) {
	few, ok := resultOf(results, growthFrom)
	many, ok2 := resultOf(results, growthTo)
	if !ok || !ok2 {
		return 0, false
	}
	return exponent(few.corpus.Files, many.corpus.Files, medianOf(samples(few), wall), medianOf(samples(many), wall)), true
}

func resultOf(results []result, name string) (result, bool) {
	i := slices.IndexFunc(results, func(r result) bool { return r.corpus.Name == name })
	if i < 0 {
		return result{}, false
	}
	return results[i], true
}

func ownSamples(r result) []sample      { return r.own }
func conftestSamples(r result) []sample { return r.conftest }

// verdict compares a figure with its limits; a stretch limit of 0 is none.
func verdict(figure, must, stretch float64) string {
	switch {
	case must == 0:
		return ""
	case figure > must:
		return "missed"
	case stretch > 0 && figure <= stretch:
		return "stretch"
	}
	return "must"
}
