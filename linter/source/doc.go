// Package source turns text into documents whose every key and value knows
// its exact place; it knows nothing of Kubernetes or of ARM.
package source
