"""The FastAPI application: everything over HTTP."""
