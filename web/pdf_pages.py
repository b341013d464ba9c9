"""A PDF file as an answer; where there is none, a page that says why and offers to print."""

from litestar import Response

from web.pages import WebRequest, page, pages_of
from web.pdf import NoPdf, pdf_of


async def pdf_answer(
    request: WebRequest, template: str, *, name: str, print_path: str, **context: object
) -> Response[bytes] | Response[str]:
    """The template, which extends "paper.html", as a private PDF file called `name`.

    `print_path` is a page with the same words that a browser can print.
    """
    html = pages_of(request).draw(template, **context)
    try:
        content = await pdf_of(html)
    except NoPdf as why:
        return page(request, "no_pdf.html", status=503, why=str(why), print_path=print_path)
    return Response(
        content,
        media_type="application/pdf",
        headers={
            "content-disposition": f'inline; filename="{name}"',
            "cache-control": "no-store",
        },
    )
