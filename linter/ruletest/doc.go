// Package ruletest runs the tests of rules: Rego unit tests, cases in txtar
// files, and the check that unknown values decide nothing.
package ruletest
