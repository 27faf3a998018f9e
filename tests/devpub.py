import published
from pathlib import Path
published.published = lambda f: Path('/tmp/reference-pages/pub')
