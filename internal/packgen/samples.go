package main

import (
	"github.com/aksnetlint/aksnetlint/internal/samples"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

func sampleResources() (list []engine.Sample) {
	for _, service := range samples.Services() {
		list = append(list, engine.Sample{Kind: "Service", Resource: service})
	}
	return list
}
