// Package source turns text into documents whose every key and value knows
// its exact place; it knows nothing of Kubernetes or of ARM.
//
// YAML takes its structure and places from yaml.v3 and its values from the
// rules of yaml.v2, and each document is compared with what sigs.k8s.io/yaml,
// the reader of Kubernetes, makes of it. Plain documents take a shorter way that
// is held to the same outcome (quickReader). JSON has a reader of its own. Every
// document is read by itself, so one that is broken costs none of the others.
package source
