"""The tests mirror the package, module for module; examples/ holds businesses and routes as data."""
