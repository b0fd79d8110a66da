// Package adopt turns policies that were written for conftest and Gatekeeper
// into rules: each keeps its text and judges one Kubernetes object at a time.
package adopt
