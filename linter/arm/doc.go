// Package arm turns an ARM template into the resources that it deploys: it
// evaluates parameters, variables, functions, loops, conditions and nested
// templates as Azure Resource Manager does, and keeps for every value where it
// came from and, where it cannot be known before deployment, why.
package arm
