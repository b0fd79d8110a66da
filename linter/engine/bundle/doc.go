// Package bundle reads rules of a team from a folder or an OPA bundle, and writes
// bundles.
package bundle
