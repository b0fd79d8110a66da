// Package tools tests what is shipped around the program: the action, run by act
// in host mode, its scripts, and the commands of docs/ci.md. It is a module of
// its own, so that the program does not depend on the tools.
package tools
