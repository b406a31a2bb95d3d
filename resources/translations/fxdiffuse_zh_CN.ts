<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>fxdiffuse</name>
        <message>
            <source>Paint mask</source>
            <translation>绘制蒙版</translation>
        </message>
        <message>
            <source>Clear mask</source>
            <translation>清除蒙版</translation>
        </message>
        <message>
            <source>Fill mask</source>
            <translation>填充蒙版</translation>
        </message>
        <message>
            <source>Invert mask</source>
            <translation>反转蒙版</translation>
        </message>
        <message>
            <source>Grow mask {amount} px</source>
            <translation>扩展蒙版 {amount} px</translation>
        </message>
        <message>
            <source>Shrink mask {amount} px</source>
            <translation>收缩蒙版 {amount} px</translation>
        </message>
        <message>
            <source>Feather mask {amount} px</source>
            <translation>羽化蒙版 {amount} px</translation>
        </message>
        <message>
            <source>Load mask</source>
            <translation>载入蒙版</translation>
        </message>
        <message>
            <source>Nothing is painted yet; paint over what should go first.</source>
            <translation>尚未涂抹；请先涂抹要去除的部分。</translation>
        </message>
        <message>
            <source>Reset {effect}</source>
            <translation>重置{effect}</translation>
        </message>
        <message>
            <source>{effect} on</source>
            <translation>{effect}：开</translation>
        </message>
        <message>
            <source>{effect} off</source>
            <translation>{effect}：关</translation>
        </message>
        <message>
            <source>Blur direction auto</source>
            <translation>模糊方向：自动</translation>
        </message>
        <message>
            <source>Blur direction {angle}°</source>
            <translation>模糊方向 {angle}°</translation>
        </message>
        <message>
            <source>Remove reference</source>
            <translation>移除参考图</translation>
        </message>
        <message>
            <source>Colors of {picture}</source>
            <translation>取色自 {picture}</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Another grain</source>
            <translation>更换颗粒</translation>
        </message>
        <message>
            <source>Seed {seed}</source>
            <translation>种子 {seed}</translation>
        </message>
        <message>
            <source>Preset “{preset}”</source>
            <translation>预设“{preset}”</translation>
        </message>
        <message>
            <source>The seed is locked; unlock it to draw another one.</source>
            <translation>种子已锁定；解锁后才能更换。</translation>
        </message>
        <message>
            <source>There are too many snapshots of this photo; delete one that is not needed.</source>
            <translation>这张照片的快照过多；请删除不需要的快照。</translation>
        </message>
        <message>
            <source>To “{snapshot}”</source>
            <translation>回到“{snapshot}”</translation>
        </message>
        <message>
            <source>Snapshot {number}</source>
            <translation>快照 {number}</translation>
        </message>
        <message>
            <source>{what}: memory is full. Close other programs or use a smaller photo.</source>
            <translation>{what}：内存已满。请关闭其他程序或使用较小的照片。</translation>
        </message>
        <message>
            <source>{what}: the file {name} is missing.</source>
            <translation>{what}：缺少文件 {name}。</translation>
        </message>
        <message>
            <source>{what}: {reason}.</source>
            <translation>{what}:{reason}。</translation>
        </message>
        <message>
            <source>Your edits are not backed up while you work ({reason}); save them often.</source>
            <translation>编辑内容无法自动备份（{reason}）；请经常保存。</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>The picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>the last edit</source>
            <translation>上次的编辑</translation>
        </message>
        <message>
            <source>The edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>{name} could not be opened</source>
            <translation>无法打开{name}</translation>
        </message>
        <message>
            <source>{name} has been written.</source>
            <translation>{name} 已写入。</translation>
        </message>
        <message>
            <source>{name} could not be written</source>
            <translation>无法写入{name}</translation>
        </message>
        <message>
            <source>{name} could not be saved</source>
            <translation>无法保存{name}</translation>
        </message>
        <message>
            <source>{name} is an export; “Go on with an export” in the File menu takes up its edit.</source>
            <translation>{name} 是导出的图片，可用“文件”菜单中的“继续编辑导出的图片”继续编辑。</translation>
        </message>
        <message>
            <source>{name} could not be looked at</source>
            <translation>无法分析{name}</translation>
        </message>
        <message>
            <source>Dropped picture</source>
            <translation>拖入的图片</translation>
        </message>
        <message>
            <source>{name} was made by fxdiffuse {version} with settings that this version does not know.</source>
            <translation>{name} 由 fxdiffuse {version} 生成，其中含有此版本无法识别的设置。</translation>
        </message>
        <message>
            <source>{name} does not say what file it was made from; open the project of its edit instead.</source>
            <translation>{name} 未注明其原照片是哪个文件；请改为打开该编辑的项目。</translation>
        </message>
        <message>
            <source>The photo that {name} was made from is not found; put it beside {name}.</source>
            <translation>找不到 {name} 的原照片，请将其放在 {name} 旁边。</translation>
        </message>
        <message>
            <source>{photo} is not the photo that {name} was made from; put the original beside {name}.</source>
            <translation>{photo} 不是 {name} 的原照片；请将原照片放在 {name} 旁边。</translation>
        </message>
        <message>
            <source>The mask of {name} is not found; paint it again.</source>
            <translation>找不到 {name} 的蒙版，请重新绘制。</translation>
        </message>
        <message>
            <source>The reference of {name} is not found; choose it again.</source>
            <translation>找不到 {name} 的参考图，请重新选择。</translation>
        </message>
        <message>
            <source>“{name}” takes the colors of a picture, and none is chosen; choose one in the window.</source>
            <translation>“{name}”需要取用一张图片的色彩，但尚未选择；请在窗口中选择。</translation>
        </message>
        <message>
            <source>The folder could not be read</source>
            <translation>无法读取文件夹</translation>
        </message>
        <message>
            <source>The folder could not be edited</source>
            <translation>无法编辑文件夹</translation>
        </message>
        <message>
            <source>move it away, or choose to replace what is there</source>
            <translation>请移走该文件，或选择替换</translation>
        </message>
        <message>
            <source>The folder of the photos is not there; choose another one.</source>
            <translation>照片文件夹不存在；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>What the results should go to is a file; choose a folder.</source>
            <translation>结果的存放位置是文件；请选择文件夹。</translation>
        </message>
        <message>
            <source>The results would replace the photos; choose another folder for them.</source>
            <translation>结果会替换原照片；请选择其他存放文件夹。</translation>
        </message>
        <message>
            <source>{name} cannot be read</source>
            <translation>无法读取{name}</translation>
        </message>
        <message>
            <source>This project was made with another model ({digest}…) that is not here; the picture may look different.</source>
            <translation>此项目由另一个模型（{digest}…）创建，本机没有该模型；画面可能有所不同。</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Started from</source>
            <translation>起始模型</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>Tiles cut from them</source>
            <translation>由其裁出的图块</translation>
        </message>
        <message>
            <source>Pairs with real motion blur</source>
            <translation>含真实动态模糊的图像对</translation>
        </message>
        <message>
            <source>Licenses of the photos</source>
            <translation>照片许可</translation>
        </message>
        <message>
            <source>Pack, SHA-256</source>
            <translation>数据包 SHA-256</translation>
        </message>
        <message>
            <source>Trained by the program's commit</source>
            <translation>训练所用程序提交</translation>
        </message>
        <message>
            <source>Crops it was measured on</source>
            <translation>用于测量的裁切块</translation>
        </message>
        <message>
            <source>{effect}, PSNR</source>
            <translation>{effect}，PSNR</translation>
        </message>
        <message>
            <source>{effect}, strength over what was asked</source>
            <translation>{effect}，强度与要求之比</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>另有 {count} 项</translation>
        </message>
        <message>
            <source>An export is already running; wait for it or cancel it with Esc.</source>
            <translation>正在导出；请等待，或按 Esc 取消。</translation>
        </message>
        <message>
            <source>The export was canceled; {name} was not written.</source>
            <translation>导出已取消；未写入 {name}。</translation>
        </message>
        <message>
            <source>{name} has been written and read back: every pixel outside the mask is untouched.</source>
            <translation>{name} 已写入并回读验证：蒙版外的像素均未改动。</translation>
        </message>
        <message>
            <source>A file is being exported; wait for it before you change the model.</source>
            <translation>正在导出文件；请等待完成后再更换模型。</translation>
        </message>
        <message>
            <source>{problem} The bundled model is used instead.</source>
            <translation>{problem}已改用内置模型。</translation>
        </message>
        <message>
            <source>The model could not be loaded</source>
            <translation>无法载入模型</translation>
        </message>
        <message>
            <source>The edit failed</source>
            <translation>编辑失败</translation>
        </message>
        <message>
            <source>No photo</source>
            <translation>没有照片</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>原图</translation>
        </message>
        <message>
            <source>Opening {name}</source>
            <translation>正在打开 {name}</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在载入模型</translation>
        </message>
        <message>
            <source>Updating</source>
            <translation>正在更新</translation>
        </message>
        <message>
            <source>Stand-in</source>
            <translation>快速预览</translation>
        </message>
        <message>
            <source>Stand-in in part</source>
            <translation>部分为快速预览</translation>
        </message>
        <message>
            <source>Exact</source>
            <translation>精确</translation>
        </message>
        <message>
            <source>Stopped: stand-in</source>
            <translation>已停止：快速预览</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Not computed: stand-in</source>
            <translation>未计算：快速预览</translation>
        </message>
        <message>
            <source>Not computed</source>
            <translation>未计算</translation>
        </message>
        <message>
            <source>Exporting {name}</source>
            <translation>正在导出 {name}</translation>
        </message>
        <message>
            <source>Writing {name}</source>
            <translation>正在写入 {name}</translation>
        </message>
        <message>
            <source>Preview at full size</source>
            <translation>全尺寸预览</translation>
        </message>
        <message>
            <source>Preview at {percent} %</source>
            <translation>预览 {percent} %</translation>
        </message>
        <message>
            <source>Finest</source>
            <translation>极细</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>细</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>中等</translation>
        </message>
        <message>
            <source>Rough</source>
            <translation>粗</translation>
        </message>
        <message>
            <source>Coarse</source>
            <translation>极粗</translation>
        </message>
        <message>
            <source>Slight</source>
            <translation>轻微</translation>
        </message>
        <message>
            <source>Passing by</source>
            <translation>飞驰而过</translation>
        </message>
        <message>
            <source>Panning</source>
            <translation>追随拍摄</translation>
        </message>
        <message>
            <source>Web</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>打印</translation>
        </message>
        <message>
            <source>Strong</source>
            <translation>强</translation>
        </message>
        <message>
            <source>A hint</source>
            <translation>些许</translation>
        </message>
        <message>
            <source>Half</source>
            <translation>一半</translation>
        </message>
        <message>
            <source>Full</source>
            <translation>完全</translation>
        </message>
        <message>
            <source>There are {count} values already; remove one first.</source>
            <translation>已有 {count} 个数值；请先移除一个。</translation>
        </message>
        <message>
            <source>“{name}” exists already; choose another name.</source>
            <translation>“{name}”已存在；请选择其他名称。</translation>
        </message>
        <message>
            <source>it is too long</source>
            <translation>内容过长</translation>
        </message>
        <message>
            <source>name must have a letter</source>
            <translation>name 必须包含字母</translation>
        </message>
        <message>
            <source>A value needs a name.</source>
            <translation>数值需要名称。</translation>
        </message>
        <message>
            <source>The results would overwrite the photos; give another output folder or a --suffix.</source>
            <translation>结果会覆盖照片；请指定其他输出文件夹或 --suffix。</translation>
        </message>
        <message>
            <source>The suffix is a part of a file's name and must not hold a slash.</source>
            <translation>后缀是文件名的一部分，不能包含斜杠。</translation>
        </message>
        <message>
            <source>There is no photo in the folder {name} or in those inside; choose another one.</source>
            <translation>文件夹 {name} 及其子文件夹中没有照片；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>There is no photo in the folder {name}; choose another one.</source>
            <translation>文件夹 {name} 中没有照片；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>Its result would have the name of that of {other}; rename one of them.</source>
            <translation>其结果会与 {other} 的结果同名；请重命名其中之一。</translation>
        </message>
        <message>
            <source>Its result would take the place of another photo; choose another output folder.</source>
            <translation>其结果会替换另一张照片；请选择其他输出文件夹。</translation>
        </message>
        <message>
            <source>{name} is not a folder; `fxdiffuse edit` edits one photo.</source>
            <translation>{name} 不是文件夹；`fxdiffuse edit` 可编辑单张照片。</translation>
        </message>
        <message>
            <source>The folder {name} cannot be read ({reason}).</source>
            <translation>无法读取文件夹 {name}（{reason}）。</translation>
        </message>
        <message>
            <source>The folder {name} cannot be made ({reason}).</source>
            <translation>无法创建文件夹 {name}（{reason}）。</translation>
        </message>
        <message>
            <source>The folder {name} is read-only; choose another one.</source>
            <translation>文件夹 {name} 是只读的；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>invalid path</source>
            <translation>路径无效</translation>
        </message>
        <message>
            <source>photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>mask</source>
            <translation>蒙版</translation>
        </message>
        <message>
            <source>reference</source>
            <translation>参考图</translation>
        </message>
        <message>
            <source>project</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>export</source>
            <translation>导出文件</translation>
        </message>
        <message>
            <source>A color strength needs a reference picture.</source>
            <translation>设置颜色强度需要参考图片。</translation>
        </message>
        <message>
            <source>A blur angle needs a blur.</source>
            <translation>设置模糊角度需要先设置模糊。</translation>
        </message>
        <message>
            <source>The steps must lie between 1 and {most}, not {steps}.</source>
            <translation>步数必须在 1 到 {most} 之间，而不是 {steps}。</translation>
        </message>
        <message>
            <source>{name} is the {what} that the edit is made from, and would be lost; give the result another name.</source>
            <translation>{name} 是此编辑所用的{what}，会丢失；请为结果另取名称。</translation>
        </message>
        <message>
            <source>The jobs file {name} is not UTF-8 text; save it as JSON lines.</source>
            <translation>任务文件 {name} 不是 UTF-8 文本；请保存为 JSON 行。</translation>
        </message>
        <message>
            <source>The jobs file {name} cannot be read ({reason}); check its path.</source>
            <translation>无法读取任务文件 {name}（{reason}）；请检查路径。</translation>
        </message>
        <message>
            <source>This is not JSON; a job looks like {example}.</source>
            <translation>这不是 JSON；任务的格式如 {example}。</translation>
        </message>
        <message>
            <source>A job must be a JSON object like {example}.</source>
            <translation>任务必须是 JSON 对象，如 {example}。</translation>
        </message>
        <message>
            <source>"{name}" is missing; every job needs an input and an output.</source>
            <translation>缺少“{name}”；每个任务都需要输入和输出。</translation>
        </message>
        <message>
            <source>Unknown name {name}; known are {known}.</source>
            <translation>未知名称 {name}；可用的有 {known}。</translation>
        </message>
        <message>
            <source>{name} and {other} are one value; give one of them.</source>
            <translation>{name} 与 {other} 是同一个值；请只给出一个。</translation>
        </message>
        <message>
            <source>{name} must be a number, not {value}.</source>
            <translation>{name} 必须是数字，而不是 {value}。</translation>
        </message>
        <message>
            <source>{name} must be a finite number.</source>
            <translation>{name} 必须是有限的数字。</translation>
        </message>
        <message>
            <source>{name} must be a whole number, not {value}.</source>
            <translation>{name} 必须是整数，而不是 {value}。</translation>
        </message>
        <message>
            <source>{name} must be a file name, not {value}.</source>
            <translation>{name} 必须是文件名，而不是 {value}。</translation>
        </message>
        <message>
            <source>{name} must be one of {known}, not {value}.</source>
            <translation>{name} 必须是 {known} 之一，而不是 {value}。</translation>
        </message>
        <message>
            <source>{name} must be the name or the file of a preset.</source>
            <translation>{name} 必须是预设的名称或文件。</translation>
        </message>
        <message>
            <source>{photo} is not the photo that {name} was made from, or has changed since; give the original with --source.</source>
            <translation>{photo} 不是制作 {name} 所用的照片，或之后已更改；请用 --source 指定原片。</translation>
        </message>
        <message>
            <source>The receipt in {name} names no file that it was made from; give it with --source.</source>
            <translation>{name} 中的记录没有写明原始文件；请用 --source 指定。</translation>
        </message>
        <message>
            <source>The photo {photo} that {name} was made from is another photo or has changed since; give the original with --source.</source>
            <translation>制作 {name} 所用的照片 {photo} 是另一张照片或之后已更改；请用 --source 指定原片。</translation>
        </message>
        <message>
            <source>The photo {photo} that {name} was made from is not found; give the original with --source.</source>
            <translation>找不到制作 {name} 所用的照片 {photo}；请用 --source 指定原片。</translation>
        </message>
        <message>
            <source>The {part}{called} that {name} was made with is not found, nor does {projects} have it; give it with {flag} or --project.</source>
            <translation>找不到制作 {name} 所用的{part}{called}，{projects} 中也没有；请用 {flag} 或 --project 指定。</translation>
        </message>
        <message>
            <source>The {part}{called} that {name} was made with is not found; give it with {flag} or --project.</source>
            <translation>找不到制作 {name} 所用的{part}{called}；请用 {flag} 或 --project 指定。</translation>
        </message>
        <message>
            <source>{file} is not the {part} that {name} was made with, or has changed since; give the right one with {flag}.</source>
            <translation>{file} 不是制作 {name} 所用的{part}，或之后已更改；请用 {flag} 指定正确的文件。</translation>
        </message>
        <message>
            <source>The receipt in {name} is refused: {reason}</source>
            <translation>{name} 中的记录被拒绝：{reason}</translation>
        </message>
        <message>
            <source>The receipt in {name} has settings that this version of fxdiffuse does not know.</source>
            <translation>{name} 中的记录含有此版本的 fxdiffuse 不认识的设置。</translation>
        </message>
        <message>
            <source>{name} was made with another model than {model} (SHA-256 {digest}…); give the right one with --model.</source>
            <translation>{name} 由 {model} 以外的模型制作（SHA-256 {digest}…）；请用 --model 指定正确的模型。</translation>
        </message>
        <message>
            <source>the bundled one</source>
            <translation>自带的模型</translation>
        </message>
        <message>
            <source>{name} was made with a sampler that this version does not have ({sampler}).</source>
            <translation>{name} 使用了此版本没有的采样器（{sampler}）。</translation>
        </message>
        <message>
            <source>move it away or give --overwrite</source>
            <translation>请移走它或使用 --overwrite</translation>
        </message>
        <message>
            <source>{name} is there already and was not made from this photo with these settings; {advice}.</source>
            <translation>{name} 已存在，且不是用这张照片和这些设置制作的；{advice}。</translation>
        </message>
        <message>
            <source>the edit failed ({reason}).</source>
            <translation>编辑失败（{reason}）。</translation>
        </message>
        <message>
            <source>the path is not valid</source>
            <translation>路径无效</translation>
        </message>
        <message>
            <source>it is not JSON</source>
            <translation>不是 JSON</translation>
        </message>
        <message>
            <source>the content</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>{name} must be an object</source>
            <translation>{name} 必须是对象</translation>
        </message>
        <message>
            <source>{name} must be a path</source>
            <translation>{name} 必须是路径</translation>
        </message>
        <message>
            <source>{name} must be a number</source>
            <translation>{name} 必须是数字</translation>
        </message>
        <message>
            <source>{name} must be a number from {low:g} to {high:g}</source>
            <translation>{name} 必须是 {low:g} 到 {high:g} 的数字</translation>
        </message>
        <message>
            <source>{name} must be a whole number from {low} to {high}</source>
            <translation>{name} 必须是 {low} 到 {high} 的整数</translation>
        </message>
        <message>
            <source>{name} must be true or false</source>
            <translation>{name} 必须是 true 或 false</translation>
        </message>
        <message>
            <source>{name} must be a list of at most {limit}</source>
            <translation>{name} 必须是最多 {limit} 项的列表</translation>
        </message>
        <message>
            <source>{name} must be a short printable text</source>
            <translation>{name} 必须是简短的可打印文本</translation>
        </message>
        <message>
            <source>a name stands in it twice</source>
            <translation>其中有重复的名称</translation>
        </message>
        <message>
            <source>{constant} is no number</source>
            <translation>{constant} 不是数字</translation>
        </message>
        <message>
            <source>manifest</source>
            <translation>清单</translation>
        </message>
        <message>
            <source>its {member} is missing</source>
            <translation>缺少 {member}</translation>
        </message>
        <message>
            <source>it is cut short</source>
            <translation>内容被截断</translation>
        </message>
        <message>
            <source>{name} cannot be opened ({reason}); check the path.</source>
            <translation>无法打开 {name}（{reason}）；请检查路径。</translation>
        </message>
        <message>
            <source>The project would be larger than 2 GB; leave the photo out of it.</source>
            <translation>项目将超过 2 GB；请不要把照片存入项目。</translation>
        </message>
        <message>
            <source>The {part} has {size:.0f} MB, more than a project can hold ({most:.0f} MB); leave it out.</source>
            <translation>{part}有 {size:.0f} MB，超过项目的上限（{most:.0f} MB）；请不要包含它。</translation>
        </message>
        <message>
            <source>{name} is damaged or no fxdiffuse project; use another copy of it.</source>
            <translation>{name} 已损坏或不是 fxdiffuse 项目；请使用其他副本。</translation>
        </message>
        <message>
            <source>{name} is damaged or no fxdiffuse project ({reason}); use another copy of it.</source>
            <translation>{name} 已损坏或不是 fxdiffuse 项目（{reason}）；请使用其他副本。</translation>
        </message>
        <message>
            <source>{name} cannot be read ({reason}); try again.</source>
            <translation>无法读取 {name}（{reason}）；请重试。</translation>
        </message>
        <message>
            <source>{name} is empty (0 bytes); use another copy of it.</source>
            <translation>{name} 是空文件（0 字节）；请使用其他副本。</translation>
        </message>
        <message>
            <source>a part stands in it twice</source>
            <translation>其中一部分重复出现</translation>
        </message>
        <message>
            <source>it holds what is no part of a project</source>
            <translation>其中含有不属于项目的内容</translation>
        </message>
        <message>
            <source>a part of it is too large</source>
            <translation>其中一部分过大</translation>
        </message>
        <message>
            <source>it unpacks to too much</source>
            <translation>解包后过大</translation>
        </message>
        <message>
            <source>{name} is no effect; known are {allowed}</source>
            <translation>{name} 不是效果；已知的有 {allowed}</translation>
        </message>
        <message>
            <source>{photo} is not the file that {name} was made with; check that it is the right one.</source>
            <translation>{photo} 不是创建 {name} 时所用的文件；请确认它是否正确。</translation>
        </message>
        <message>
            <source>the photo in it is not the right one</source>
            <translation>其中的照片不是正确的那一张</translation>
        </message>
        <message>
            <source>{photo} is {size} pixels but {name} was made for {wanted}; put the photo back that it was made for.</source>
            <translation>{photo} 为 {size} 像素，而 {name} 对应 {wanted}；请放回原来的照片。</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
        <message>
            <source>{name} must be a path on this computer</source>
            <translation>{name} 必须是本机上的路径</translation>
        </message>
        <message>
            <source>{name} must be a file name</source>
            <translation>{name} 必须是文件名</translation>
        </message>
        <message>
            <source>{name} must be a SHA-256</source>
            <translation>{name} 必须是 SHA-256</translation>
        </message>
        <message>
            <source>{photo}, which was being edited, is no longer in {folder}; put it back and start again.</source>
            <translation>正在编辑的 {photo} 已不在 {folder} 中；请放回后重新启动。</translation>
        </message>
        <message>
            <source>{name} has lost the picture that it edits; use another copy of it.</source>
            <translation>{name} 已丢失所编辑的图片；请使用其他副本。</translation>
        </message>
        <message>
            <source>{photo}, which {name} edits, is neither in {folder} nor beside {name}; put it there and open {name} again.</source>
            <translation>在 {folder} 和 {name} 所在的文件夹中都找不到其照片 {photo}；请放回后重新打开 {name}。</translation>
        </message>
        <message>
            <source>the mask is no gray PNG</source>
            <translation>蒙版不是灰度 PNG</translation>
        </message>
        <message>
            <source>the mask is {mask} pixels, the photo {photo}</source>
            <translation>蒙版为 {mask} 像素，照片为 {photo}</translation>
        </message>
        <message>
            <source>the mask cannot be decoded</source>
            <translation>无法解码蒙版</translation>
        </message>
        <message>
            <source>the picture cannot be encoded</source>
            <translation>无法编码图片</translation>
        </message>
        <message>
            <source>A preset needs a name.</source>
            <translation>预设需要名称。</translation>
        </message>
        <message>
            <source>it is of another kind</source>
            <translation>类型不符</translation>
        </message>
        <message>
            <source>There is no preset “{name}”; known are {known}.</source>
            <translation>没有预设“{name}”；可用的有 {known}。</translation>
        </message>
        <message>
            <source>{name} is no fxdiffuse preset ({error}); choose another file.</source>
            <translation>{name} 不是 fxdiffuse 预设（{error}）；请选择其他文件。</translation>
        </message>
        <message>
            <source>{name} cannot be read ({reason}); check the path.</source>
            <translation>无法读取 {name}（{reason}）；请检查路径。</translation>
        </message>
        <message>
            <source>“{name}” cannot be saved ({reason}); check {parent}.</source>
            <translation>无法保存“{name}”（{reason}）；请检查 {parent}。</translation>
        </message>
        <message>
            <source>“{name}” cannot be deleted ({reason}).</source>
            <translation>无法删除“{name}”（{reason}）。</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>{name} cannot be written: memory is full; close other programs.</source>
            <translation>无法写入 {name}：内存已满；请关闭其他程序。</translation>
        </message>
        <message>
            <source>{name} cannot be written ({reason}); save it to another folder.</source>
            <translation>无法写入 {name}（{reason}）；请保存到其他文件夹。</translation>
        </message>
        <message>
            <source>a reference is missing</source>
            <translation>缺少一张参考图</translation>
        </message>
        <message>
            <source>{name} was made by a newer fxdiffuse ({newer}); update the program to open it.</source>
            <translation>{name} 由更新版本的 fxdiffuse（{newer}）创建；请更新程序后再打开。</translation>
        </message>
        <message>
            <source>{name} does not fit into memory; close other programs.</source>
            <translation>内存不足，无法载入 {name}；请关闭其他程序。</translation>
        </message>
        <message>
            <source>a reference in it is not the right one</source>
            <translation>其中的参考图不正确</translation>
        </message>
        <message>
            <source>a reference in it cannot be read</source>
            <translation>无法读取其中的参考图</translation>
        </message>
        <message>
            <source>{name} is not an fxdiffuse model of a version that can be read here.</source>
            <translation>{name} 不是此版本可读取的 fxdiffuse 模型。</translation>
        </message>
        <message>
            <source>{name} was trained for other effects or ranges; retrain or update fxdiffuse.</source>
            <translation>{name} 是针对其他效果或范围训练的；请重新训练或更新 fxdiffuse。</translation>
        </message>
        <message>
            <source>{name} is damaged: its weights do not fit the network it describes.</source>
            <translation>{name} 已损坏：权重与其描述的网络不符。</translation>
        </message>
        <message>
            <source>{name} is damaged ({error}).</source>
            <translation>{name} 已损坏（{error}）。</translation>
        </message>
        <message>
            <source>{name} is damaged: it holds values that are not numbers.</source>
            <translation>{name} 已损坏：其中含有非数字的值。</translation>
        </message>
        <message>
            <source>There is no CUDA device on this machine; use --device cpu or auto.</source>
            <translation>本机没有 CUDA 设备；请使用 --device cpu 或 auto。</translation>
        </message>
        <message>
            <source>The device must be "auto", "cpu" or "cuda", not {name}.</source>
            <translation>设备必须是“auto”、“cpu”或“cuda”，而不是 {name}。</translation>
        </message>
        <message>
            <source>{name} is too large for a model (over 1 GiB).</source>
            <translation>{name} 过大，不可能是模型（超过 1 GiB）。</translation>
        </message>
        <message>
            <source>The model {path} cannot be read: {reason}.</source>
            <translation>无法读取模型 {path}：{reason}。</translation>
        </message>
        <message>
            <source>{name} is not a safetensors model file.</source>
            <translation>{name} 不是 safetensors 模型文件。</translation>
        </message>
        <message>
            <source>{name} describes a network that this version cannot build.</source>
            <translation>{name} 描述的网络无法由此版本构建。</translation>
        </message>
        <message>
            <source>{name} has no readable model card.</source>
            <translation>{name} 没有可读取的模型说明。</translation>
        </message>
        <message>
            <source>The blur angle must be a number of degrees, not {angle}.</source>
            <translation>模糊角度必须是度数，而不是 {angle}。</translation>
        </message>
        <message>
            <source>The seed must lie between 0 and 2^63 - 1, not {seed}.</source>
            <translation>种子必须在 0 到 2^63 - 1 之间，而不是 {seed}。</translation>
        </message>
        <message>
            <source>The grain seed must lie between 0 and 2^63 - 1, not {seed}.</source>
            <translation>颗粒种子必须在 0 到 2^63 - 1 之间，而不是 {seed}。</translation>
        </message>
        <message>
            <source>The reference must be a color picture of shape (height, width, 3).</source>
            <translation>参考图片必须是形状为（高、宽、3）的彩色图片。</translation>
        </message>
        <message>
            <source>The mask must be a gray picture of shape (height, width).</source>
            <translation>蒙版必须是形状为（高、宽）的灰度图片。</translation>
        </message>
        <message>
            <source>{name} must be a number, not {value!r}.</source>
            <translation>{name} 必须是数字，而不是 {value!r}。</translation>
        </message>
        <message>
            <source>{name} is too large a number.</source>
            <translation>{name} 的数值太大。</translation>
        </message>
        <message>
            <source>{name} must be a whole number, not {value!r}.</source>
            <translation>{name} 必须是整数，而不是 {value!r}。</translation>
        </message>
        <message>
            <source>{effect} must be 0 (off) or lie between {minimum:g} and {maximum:g} {unit}, not {value:g}.</source>
            <translation>{effect}必须为 0（关闭）或在 {minimum:g} 到 {maximum:g} {unit} 之间，而不是 {value:g}。</translation>
        </message>
        <message>
            <source>The photo must have the shape (height, width, 3), not {shape}.</source>
            <translation>照片的形状必须为（高、宽、3），而不是 {shape}。</translation>
        </message>
        <message>
            <source>The photo must be of 8 or 16 bits or float32, not {type}.</source>
            <translation>照片必须为 8 位、16 位或 float32，而不是 {type}。</translation>
        </message>
        <message>
            <source>The photo holds values that are not numbers; save it again and retry.</source>
            <translation>照片含有非数值；请重新保存后再试。</translation>
        </message>
        <message>
            <source>The reference holds values that are not numbers; save it again and retry.</source>
            <translation>参考图片含有非数值；请重新保存后再试。</translation>
        </message>
        <message>
            <source>The mask is {mask_width} × {mask_height} px, the photo {width} × {height}; they must have the same size.</source>
            <translation>蒙版为 {mask_width} × {mask_height} 像素，照片为 {width} × {height}；两者大小必须相同。</translation>
        </message>
        <message>
            <source>The number of steps must be at least 1, not {steps}.</source>
            <translation>步数至少为 1，而不是 {steps}。</translation>
        </message>
        <message>
            <source>Memory is short; the edit goes on more slowly.</source>
            <translation>内存不足；编辑将以较慢的速度继续。</translation>
        </message>
        <message>
            <source>The graphics card's memory is full; the edit goes on without it.</source>
            <translation>显存已满；编辑将不使用显卡继续。</translation>
        </message>
        <message>
            <source>Memory is short; the edit goes on in smaller pieces.</source>
            <translation>内存不足；编辑将以较小的分块继续。</translation>
        </message>
        <message>
            <source>{name} does not fit into memory; close other programs or use a smaller copy.</source>
            <translation>内存不足，无法载入 {name}；请关闭其他程序或使用较小的副本。</translation>
        </message>
        <message>
            <source>{name} has {channels} channels; save it as an RGB picture first.</source>
            <translation>{name} 有 {channels} 个通道；请先另存为 RGB 图片。</translation>
        </message>
        <message>
            <source>{name} is a Lab picture; save it as RGB first.</source>
            <translation>{name} 是 Lab 图片；请先另存为 RGB。</translation>
        </message>
        <message>
            <source>{name} has {sample_type} samples; save it with 8 or 16 bits per channel first.</source>
            <translation>{name} 的采样类型为 {sample_type}；请先存为每通道 8 或 16 位。</translation>
        </message>
        <message>
            <source>{name} declares more than {megapixels} megapixels; make it smaller first.</source>
            <translation>{name} 声明的像素超过 {megapixels} 百万；请先缩小。</translation>
        </message>
        <message>
            <source>{name} is {width} × {height} pixels but the limit is {megapixels} megapixels; make it smaller first.</source>
            <translation>{name} 为 {width} × {height} 像素，上限为 {megapixels} 百万像素；请先缩小。</translation>
        </message>
        <message>
            <source>{name} is cut short and cannot be read; copy it again from where it came from.</source>
            <translation>{name} 被截断，无法读取；请从来源处重新复制。</translation>
        </message>
        <message>
            <source>{name} is damaged and cannot be read; copy it again from where it came from.</source>
            <translation>{name} 已损坏，无法读取；请从来源处重新复制。</translation>
        </message>
        <message>
            <source>{name} is larger than 1 GB; make it smaller first.</source>
            <translation>{name} 超过 1 GB；请先缩小。</translation>
        </message>
        <message>
            <source>{name} is an HDR picture ({reason}); save it with the usual brightness range first.</source>
            <translation>{name} 是 HDR 图片（{reason}）；请先存为普通亮度范围。</translation>
        </message>
        <message>
            <source>{name} is an AVIF picture, which OpenCV cannot read on this system; save it as JPEG or PNG.</source>
            <translation>{name} 是 AVIF 图片，此系统上的 OpenCV 无法读取；请另存为 JPEG 或 PNG。</translation>
        </message>
        <message>
            <source>{name} has premultiplied transparency; save it as PNG first.</source>
            <translation>{name} 使用预乘透明度；请先另存为 PNG。</translation>
        </message>
        <message>
            <source>the JPEG encoder refuses this picture</source>
            <translation>JPEG 编码器拒绝此图片</translation>
        </message>
        <message>
            <source>this build writes no {file_format}</source>
            <translation>此版本无法写入 {file_format}</translation>
        </message>
        <message>
            <source>the disk may be full</source>
            <translation>磁盘可能已满</translation>
        </message>
        <message>
            <source>unknown reason</source>
            <translation>原因不明</translation>
        </message>
        <message>
            <source>{name} is a camera RAW file of a camera that is not known here; develop it to a TIFF or JPEG first.</source>
            <translation>{name} 来自此处未知的相机；请先将 RAW 显影为 TIFF 或 JPEG。</translation>
        </message>
        <message>
            <source>{name} is a camera RAW file damaged or cut short; copy it again from where it came from.</source>
            <translation>{name} 是已损坏或被截断的相机 RAW 文件；请从来源处重新复制。</translation>
        </message>
        <message>
            <source>JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP or camera RAW</source>
            <translation>JPEG、PNG、TIFF、WebP、AVIF、HEIC、JPEG XL、GIF、BMP 或相机 RAW</translation>
        </message>
        <message>
            <source>{name} is empty (0 bytes); copy it again from where it came from.</source>
            <translation>{name} 是空文件（0 字节）；请从来源处重新复制。</translation>
        </message>
        <message>
            <source>{name} is not a picture that can be read; choose a {readable} file.</source>
            <translation>{name} 不是可读取的图片；请选择以下格式的文件：{readable}。</translation>
        </message>
        <message>
            <source>{name} is a folder; choose a picture inside it.</source>
            <translation>{name} 是文件夹；请选择其中的图片。</translation>
        </message>
        <message>
            <source>{name} is not a regular file; choose a picture file.</source>
            <translation>{name} 不是普通文件；请选择图片文件。</translation>
        </message>
        <message>
            <source>{name} does not exist; check the path.</source>
            <translation>{name} 不存在；请检查路径。</translation>
        </message>
        <message>
            <source>{name} may not be read; check its permissions.</source>
            <translation>没有读取 {name} 的权限；请检查权限。</translation>
        </message>
        <message>
            <source>{name} cannot be written: a WebP has {most} pixels a side at most; choose PNG or TIFF.</source>
            <translation>无法写入 {name}：WebP 每边最多 {most} 像素；请选择 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>{name} cannot be written: an AVIF has {most} megapixels at most; choose PNG or TIFF.</source>
            <translation>无法写入 {name}：AVIF 最多 {most} 百万像素；请选择 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>the encoder refuses this picture</source>
            <translation>编码器拒绝此图片</translation>
        </message>
        <message>
            <source>The colors of this photo cannot be converted because its profile {reason}; keep the photo's own color space.</source>
            <translation>无法转换这张照片的颜色，因为其配置文件{reason}；请保留照片自带的色彩空间。</translation>
        </message>
        <message>
            <source>describes colors by a table</source>
            <translation>用查找表描述颜色</translation>
        </message>
        <message>
            <source>names no primaries</source>
            <translation>未给出原色</translation>
        </message>
        <message>
            <source>has primaries that cannot be</source>
            <translation>含有无效的原色</translation>
        </message>
        <message>
            <source>is damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>has a tone curve that cannot be</source>
            <translation>含有无效的色调曲线</translation>
        </message>
        <message>
            <source>The edited picture holds values that are not numbers; nothing was written.</source>
            <translation>编辑后的图片含有非数字的值；未写入任何内容。</translation>
        </message>
        <message>
            <source>{name} cannot be written: a mask is saved as a PNG; name it .png.</source>
            <translation>无法写入 {name}：蒙版须存为 PNG；请使用 .png 后缀。</translation>
        </message>
        <message>
            <source>{name} cannot be written: the mask cannot be made a PNG.</source>
            <translation>无法写入 {name}：蒙版无法转换为 PNG。</translation>
        </message>
        <message>
            <source>{name} cannot be written ({reason}); choose another folder.</source>
            <translation>无法写入 {name}（{reason}）；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>it holds the property more than once</source>
            <translation>其中的属性出现多次</translation>
        </message>
        <message>
            <source>it has no place for a property</source>
            <translation>其中没有放置属性的位置</translation>
        </message>
        <message>
            <source>it holds the property inside itself</source>
            <translation>其中的属性嵌套在自身之内</translation>
        </message>
        <message>
            <source>it cannot be extended</source>
            <translation>无法扩展</translation>
        </message>
        <message>
            <source>it is too large</source>
            <translation>太大</translation>
        </message>
        <message>
            <source>it is damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>嵌套太深</translation>
        </message>
        <message>
            <source>it has too many parts</source>
            <translation>部分太多</translation>
        </message>
        <message>
            <source>it declares a document type</source>
            <translation>声明了文档类型</translation>
        </message>
        <message>
            <source>{name} is {width} × {height} pixels but the photo is {photo_width} × {photo_height}; the mask must have the photo's size.</source>
            <translation>{name} 为 {width} × {height} 像素，照片为 {photo_width} × {photo_height}；蒙版须与照片尺寸相同。</translation>
        </message>
        <message>
            <source>The XMP packet of {name} is not read because {reason}.</source>
            <translation>未读取 {name} 的 XMP 数据包：{reason}。</translation>
        </message>
        <message>
            <source>The receipt in {name} is damaged or of another version of fxdiffuse.</source>
            <translation>{name} 中的记录已损坏或来自其他版本的 fxdiffuse。</translation>
        </message>
        <message>
            <source>{name} holds no receipt; only edits exported with their metadata have one.</source>
            <translation>{name} 不含记录；只有连同元数据导出的编辑才有。</translation>
        </message>
        <message>
            <source>The quality must lie between 1 and 100, not {quality}.</source>
            <translation>质量必须在 1 到 100 之间，而不是 {quality}。</translation>
        </message>
        <message>
            <source>The bit depth must be 8 or 16, not {bit_depth}.</source>
            <translation>位深必须是 8 或 16，而不是 {bit_depth}。</translation>
        </message>
        <message>
            <source>{name} has no known suffix; name it .jpg, .png, .tif, .webp or .avif.</source>
            <translation>{name} 的后缀未知；请使用 .jpg、.png、.tif、.webp 或 .avif。</translation>
        </message>
        <message>
            <source>{name} cannot be written: OpenCV has no AVIF on this system; choose WebP.</source>
            <translation>无法写入 {name}：此系统上的 OpenCV 不支持 AVIF；请选择 WebP。</translation>
        </message>
        <message>
            <source>{name} is not a valid path; choose another name.</source>
            <translation>{name} 不是有效路径；请选择其他名称。</translation>
        </message>
        <message>
            <source>{name} is a folder; give the name of a file.</source>
            <translation>{name} 是文件夹；请输入文件名。</translation>
        </message>
        <message>
            <source>{name} cannot be written because its folder does not exist; make the folder first.</source>
            <translation>无法写入 {name}，因为文件夹不存在；请先创建文件夹。</translation>
        </message>
        <message>
            <source>{name} cannot be written because its folder is read-only; choose another folder.</source>
            <translation>无法写入 {name}，因为文件夹为只读；请选择其他文件夹。</translation>
        </message>
        <message>
            <source>{name} cannot be written: a JPEG has {most} pixels a side at most; choose PNG or TIFF.</source>
            <translation>无法写入 {name}：JPEG 每边最多 {most} 像素；请选择 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>{name} cannot be written: the edit has another size than the photo.</source>
            <translation>无法写入 {name}：编辑结果与照片尺寸不同。</translation>
        </message>
        <message>
            <source>Details are in {log}.</source>
            <translation>详情见 {log}。</translation>
        </message>
        <message>
            <source>Something went wrong ({kind}). Your edits are still here.</source>
            <translation>出现问题（{kind}）。您的编辑仍然保留。</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>照片</translation>
        </message>
        <message>
            <source>The edited photo. Hold the backslash key to see the original.</source>
            <translation>编辑后的照片。按住反斜杠键可查看原图。</translation>
        </message>
        <message>
            <source>Edited</source>
            <translation>编辑后</translation>
        </message>
        <message>
            <source>Drop a photo here, or open one with Ctrl+O</source>
            <translation>将照片拖放到此处，或按 Ctrl+O 打开</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>套索</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Erase lasso</source>
            <translation>套索擦除</translation>
        </message>
        <message>
            <source>Erase polygon</source>
            <translation>多边形擦除</translation>
        </message>
        <message>
            <source>Erase rectangle</source>
            <translation>矩形擦除</translation>
        </message>
        <message>
            <source>Stop (Esc)</source>
            <translation>停止 (Esc)</translation>
        </message>
        <message>
            <source>Stop computing</source>
            <translation>停止计算</translation>
        </message>
        <message>
            <source>State of the picture</source>
            <translation>图片状态</translation>
        </message>
        <message>
            <source>Without {effect}</source>
            <translation>无{effect}</translation>
        </message>
        <message>
            <source>Erase mask</source>
            <translation>擦除蒙版</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>消息</translation>
        </message>
        <message>
            <source>Keep the photo's</source>
            <translation>与照片相同</translation>
        </message>
        <message>
            <source>sRGB</source>
            <translation>sRGB</translation>
        </message>
        <message>
            <source>Display P3</source>
            <translation>Display P3</translation>
        </message>
        <message>
            <source>Adobe RGB (1998)</source>
            <translation>Adobe RGB (1998)</translation>
        </message>
        <message>
            <source>A profile compatible with Adobe RGB (1998)</source>
            <translation>与 Adobe RGB (1998) 兼容的配置文件</translation>
        </message>
        <message>
            <source>Pixels that no effect touches stay bit for bit.</source>
            <translation>未受效果影响的像素逐位不变。</translation>
        </message>
        <message>
            <source>The photo is in {name} already.</source>
            <translation>照片已是 {name}。</translation>
        </message>
        <message>
            <source>Every pixel is converted, so none stays bit for bit; what {name} cannot show is cut off.</source>
            <translation>所有像素都会转换，因此不会逐位不变；{name} 无法表示的颜色将被裁掉。</translation>
        </message>
        <message>
            <source>Every photo keeps its profile.</source>
            <translation>每张照片保留各自的配置文件。</translation>
        </message>
        <message>
            <source>Photos in another space are converted; what {name} cannot show is cut off.</source>
            <translation>其他色彩空间的照片会被转换；{name} 无法显示的部分会被截断。</translation>
        </message>
        <message>
            <source>The photo has no profile, which means sRGB; it stays so.</source>
            <translation>照片没有配置文件，即视为 sRGB；导出后保持不变。</translation>
        </message>
        <message>
            <source>The profile stays “{name}”.</source>
            <translation>配置文件保持为“{name}”。</translation>
        </message>
        <message>
            <source>The photo keeps its profile.</source>
            <translation>照片保留其配置文件。</translation>
        </message>
        <message>
            <source>Photos and projects</source>
            <translation>照片和项目</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Go on with an export</source>
            <translation>继续编辑导出的图片</translation>
        </message>
        <message>
            <source>There is no picture on the clipboard.</source>
            <translation>剪贴板中没有图片。</translation>
        </message>
        <message numerus="yes">
            <source>Opened the first of %n files.</source>
            <translation>
                <numerusform>已打开 %n 个文件中的第一个。</numerusform>
            </translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>质量</translation>
        </message>
        <message>
            <source>As the photo</source>
            <translation>与照片相同</translation>
        </message>
        <message>
            <source>8 bit</source>
            <translation>8 位</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 位</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>位深</translation>
        </message>
        <message>
            <source>Metadata</source>
            <translation>元数据</translation>
        </message>
        <message>
            <source>Keep EXIF, IPTC and XMP</source>
            <translation>保留 EXIF、IPTC 和 XMP</translation>
        </message>
        <message>
            <source>Keep EXIF and XMP</source>
            <translation>保留 EXIF 和 XMP</translation>
        </message>
        <message>
            <source>Quality of the photos that are JPEG, WebP or AVIF, 1 to 100</source>
            <translation>JPEG、WebP 或 AVIF 照片的质量，1 到 100</translation>
        </message>
        <message>
            <source>Quality of the {format}, 1 to 100</source>
            <translation>{format} 质量，1 到 100</translation>
        </message>
        <message>
            <source>above 95 files grow fast</source>
            <translation>超过 95 时文件会迅速变大</translation>
        </message>
        <message>
            <source>at 100 nothing is lost</source>
            <translation>100 时无损</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>The file needs a name.</source>
            <translation>请输入文件名。</translation>
        </message>
        <message>
            <source>An estimate from a part of the picture as it is shown now</source>
            <translation>根据当前显示图片的一部分估算</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Color</source>
            <translation>色彩空间</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>文件名</translation>
        </message>
        <message>
            <source>Choose a folder and a name</source>
            <translation>选择文件夹和名称</translation>
        </message>
        <message>
            <source>{stem} edited</source>
            <translation>{stem} 已编辑</translation>
        </message>
        <message>
            <source>Export as</source>
            <translation>导出为</translation>
        </message>
        <message>
            <source>in {folder}</source>
            <translation>位于 {folder}</translation>
        </message>
        <message>
            <source>A JPEG cannot be transparent: white shows through.</source>
            <translation>JPEG 不支持透明，透明处显示为白色。</translation>
        </message>
        <message>
            <source>{width} × {height} pixels, about {size}</source>
            <translation>{width} × {height} 像素，约 {size}</translation>
        </message>
        <message>
            <source>{name} is the photo you opened. Replace it with the edited one?</source>
            <translation>{name} 就是您打开的照片。要用编辑后的照片替换它吗？</translation>
        </message>
        <message>
            <source>Replace the file?</source>
            <translation>替换文件？</translation>
        </message>
        <message>
            <source>Edit a folder</source>
            <translation>批量编辑文件夹</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Show folder</source>
            <translation>显示文件夹</translation>
        </message>
        <message>
            <source>Open the folder of the results</source>
            <translation>打开结果文件夹</translation>
        </message>
        <message>
            <source>The work goes on</source>
            <translation>处理将继续进行</translation>
        </message>
        <message>
            <source>Choose the folder of the photos.</source>
            <translation>请选择照片文件夹。</translation>
        </message>
        <message>
            <source>A folder is still being edited. Stop that and quit? The next start goes on where it was.</source>
            <translation>仍在编辑文件夹。要停止并退出吗？下次开始时会从中断处继续。</translation>
        </message>
        <message>
            <source>Folder being edited</source>
            <translation>正在编辑文件夹</translation>
        </message>
        <message>
            <source>Photos in the folders inside too</source>
            <translation>包括子文件夹中的照片</translation>
        </message>
        <message>
            <source>Choose the folder of the photos first.</source>
            <translation>请先选择照片文件夹。</translation>
        </message>
        <message>
            <source>The model is still being loaded; try again in a moment.</source>
            <translation>模型仍在加载，请稍后再试。</translation>
        </message>
        <message>
            <source>Current settings</source>
            <translation>当前设置</translation>
        </message>
        <message numerus="yes">
            <source>%n photos</source>
            <translation>
                <numerusform>%n 张照片</numerusform>
            </translation>
        </message>
        <message>
            <source>What is done to each photo</source>
            <translation>对每张照片所做的编辑</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Replace it</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>Results of the same edit are never made again</source>
            <translation>同一编辑已生成的结果不会重复生成</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>照片文件夹</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Folder of the results</source>
            <translation>结果文件夹</translation>
        </message>
        <message>
            <source>A file in the way</source>
            <translation>已有同名文件</translation>
        </message>
        <message>
            <source>{folder} edited</source>
            <translation>{folder} 已编辑</translation>
        </message>
        <message>
            <source>Copy the list</source>
            <translation>复制列表</translation>
        </message>
        <message>
            <source>Looking at the folder</source>
            <translation>正在查看文件夹</translation>
        </message>
        <message>
            <source>{number} of {of} · {name}</source>
            <translation>{number} / {of} · {name}</translation>
        </message>
        <message>
            <source>waits for the picture in the window</source>
            <translation>等待窗口中的图片</translation>
        </message>
        <message>
            <source>Progress of the folder</source>
            <translation>文件夹进度</translation>
        </message>
        <message>
            <source>Photos that failed, and why</source>
            <translation>失败的照片及原因</translation>
        </message>
        <message numerus="yes">
            <source>%n photos failed</source>
            <translation>
                <numerusform>%n 张照片失败</numerusform>
            </translation>
        </message>
        <message>
            <source>{effect} from {picture}</source>
            <translation>{effect}，取自 {picture}</translation>
        </message>
        <message>
            <source>No effect is on: the photos are only saved again, in the format chosen below.</source>
            <translation>没有打开任何效果：仅按下方所选格式重新写入照片。</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>种子 {seed}</translation>
        </message>
        <message>
            <source>grain seed {seed}</source>
            <translation>颗粒种子 {seed}</translation>
        </message>
        <message numerus="yes">
            <source>%n written</source>
            <translation>
                <numerusform>已写入 %n 张</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n done before</source>
            <translation>
                <numerusform>%n 张此前已完成</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n 张失败</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped: {parts}, {left} left. Start goes on from here.</source>
            <translation>已停止：{parts}，剩余 {left} 张。点击“开始”可从此处继续。</translation>
        </message>
        <message>
            <source>Done: {parts}.</source>
            <translation>完成：{parts}。</translation>
        </message>
        <message>
            <source>Copy the hash</source>
            <translation>复制哈希值</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} MB</translation>
        </message>
        <message>
            <source>The figures were measured by the person who exported the model.</source>
            <translation>这些数字由导出该模型的人测得。</translation>
        </message>
        <message>
            <source>This file does not say how well the model does; the command fxdiffuse-train evaluate measures it on your photos.</source>
            <translation>此文件中没有关于效果好坏的说明；命令 fxdiffuse-train evaluate 可在自己的照片上测量。</translation>
        </message>
        <message>
            <source>Reading the file…</source>
            <translation>正在读取文件…</translation>
        </message>
        <message>
            <source>Bundled model</source>
            <translation>内置模型</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>模型说明</translation>
        </message>
        <message>
            <source>The card of this model cannot be read.</source>
            <translation>无法读取此模型的说明。</translation>
        </message>
        <message>
            <source>the bundled model</source>
            <translation>内置模型</translation>
        </message>
        <message>
            <source>This project was made with {name}, another model than is in use.</source>
            <translation>此项目由 {name} 创建，与正在使用的模型不同。</translation>
        </message>
        <message>
            <source>Another model</source>
            <translation>其他模型</translation>
        </message>
        <message>
            <source>With the model in use the picture may look different.</source>
            <translation>使用当前模型，画面可能有所不同。</translation>
        </message>
        <message>
            <source>&amp;Use that model</source>
            <translation>使用该模型(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Keep the model in use</source>
            <translation>保持当前模型(&amp;K)</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Remove from the list</source>
            <translation>从列表中移除(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Use this model</source>
            <translation>使用此模型(&amp;U)</translation>
        </message>
        <message>
            <source>Add a model file (.safetensors)</source>
            <translation>添加模型文件（.safetensors）</translation>
        </message>
        <message>
            <source>The file stays where it is</source>
            <translation>文件保留在原处</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <source>The file {path} is missing; put it back or remove it from the list.</source>
            <translation>缺少文件 {path}；请放回或从列表中移除。</translation>
        </message>
        <message>
            <source>Models ({suffix})</source>
            <translation>模型 ({suffix})</translation>
        </message>
        <message>
            <source>Open model</source>
            <translation>打开模型</translation>
        </message>
        <message>
            <source>The hash is on the clipboard.</source>
            <translation>哈希值已复制到剪贴板。</translation>
        </message>
        <message>
            <source>fxdiffuse projects</source>
            <translation>fxdiffuse 项目</translation>
        </message>
        <message>
            <source>Save project</source>
            <translation>保存项目</translation>
        </message>
        <message>
            <source>Replace project</source>
            <translation>替换项目</translation>
        </message>
        <message>
            <source>The project is being saved already.</source>
            <translation>项目正在保存。</translation>
        </message>
        <message>
            <source>Restore edits</source>
            <translation>恢复编辑</translation>
        </message>
        <message>
            <source>The last edits of {photo} were not saved.</source>
            <translation>{photo} 的最后一次编辑未保存。</translation>
        </message>
        <message>
            <source>fxdiffuse ended unexpectedly. They were kept {when}.</source>
            <translation>fxdiffuse 意外退出。编辑备份于：{when}。</translation>
        </message>
        <message>
            <source>&amp;Restore</source>
            <translation>恢复(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Discard edits</source>
            <translation>放弃编辑(&amp;D)</translation>
        </message>
        <message>
            <source>Decide &amp;later</source>
            <translation>稍后决定(&amp;L)</translation>
        </message>
        <message>
            <source>a moment ago</source>
            <translation>刚刚</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>今天 {time}</translation>
        </message>
        <message>
            <source>on {date}</source>
            <translation>{date}</translation>
        </message>
        <message>
            <source>An export is still running. Stop it and quit?</source>
            <translation>仍在导出。要停止并退出吗？</translation>
        </message>
        <message>
            <source>Export running</source>
            <translation>正在导出</translation>
        </message>
        <message>
            <source>Edits not saved</source>
            <translation>编辑未保存</translation>
        </message>
        <message>
            <source>The edits of this photo have been neither saved nor exported.</source>
            <translation>这张照片的编辑既未保存也未导出。</translation>
        </message>
        <message>
            <source>They are lost when you go on.</source>
            <translation>继续将丢失这些编辑。</translation>
        </message>
        <message>
            <source>&amp;Save project</source>
            <translation>保存项目(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>{name} has been saved.</source>
            <translation>{name} 已保存。</translation>
        </message>
        <message>
            <source>Auto</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Blur direction</source>
            <translation>模糊方向</translation>
        </message>
        <message>
            <source>&lt;b&gt;Direction of the blur&lt;/b&gt;&lt;br&gt;0° to 180°, counter-clockwise from the right&lt;br&gt;Drag, or turn the wheel · Shift: steps of 15° · Double-click: auto</source>
            <translation>&lt;b&gt;模糊方向&lt;/b&gt;&lt;br&gt;0° 到 180°，从右侧起逆时针&lt;br&gt;拖动或滚动滚轮 · Shift：每步 15° · 双击：自动</translation>
        </message>
        <message>
            <source>Blur direction in degrees</source>
            <translation>模糊方向（度）</translation>
        </message>
        <message>
            <source>Direction in degrees, counter-clockwise from the right</source>
            <translation>方向，以度为单位，从右侧起逆时针</translation>
        </message>
        <message>
            <source>Let the seed choose a direction, another one with every re-roll</source>
            <translation>由种子决定方向，每次更换种子都会改变</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>方向</translation>
        </message>
        <message>
            <source>Look &amp;without</source>
            <translation>隐藏效果查看(&amp;W)</translation>
        </message>
        <message>
            <source>Hold to see the photo without {effect} (or hold A over the card)</source>
            <translation>按住可查看没有{effect}的照片（或在卡片上按住 A）</translation>
        </message>
        <message>
            <source>See the photo without {effect}</source>
            <translation>查看没有{effect}的照片</translation>
        </message>
        <message>
            <source>An&amp;other grain</source>
            <translation>更换颗粒(&amp;O)</translation>
        </message>
        <message>
            <source>Another grain; fills and blur stay</source>
            <translation>更换颗粒；填充和模糊保持不变</translation>
        </message>
        <message>
            <source>{effect} on or off</source>
            <translation>{effect}开关</translation>
        </message>
        <message>
            <source>Switch {effect} on or off; its value is kept</source>
            <translation>打开或关闭{effect}；数值会保留</translation>
        </message>
        <message>
            <source>Reset {effect} to its default (double-click does it too)</source>
            <translation>将{effect}恢复为默认值（双击也可）</translation>
        </message>
        <message>
            <source>{minimum} to {maximum}</source>
            <translation>{minimum} 到 {maximum}</translation>
        </message>
        <message>
            <source>{span}, usually {default}</source>
            <translation>{span}，通常为 {default}</translation>
        </message>
        <message>
            <source>Double-click: default · Ctrl: fine · Shift: coarse</source>
            <translation>双击：默认值 · Ctrl：精细 · Shift：粗略</translation>
        </message>
        <message>
            <source>Type a number · arrow keys step · Ctrl: fine · Shift: coarse</source>
            <translation>输入数值 · 方向键调节 · Ctrl：精细 · Shift：粗略</translation>
        </message>
        <message>
            <source>{effect} in {unit}</source>
            <translation>{effect}（{unit}）</translation>
        </message>
        <message>
            <source>{help} Double-click resets it.</source>
            <translation>{help}双击可重置。</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>效果</translation>
        </message>
        <message>
            <source>Paint over what should go.</source>
            <translation>涂抹要去除的部分。</translation>
        </message>
        <message>
            <source>Switch every effect off and put every value back to its default</source>
            <translation>关闭所有效果，并将所有数值恢复为默认值</translation>
        </message>
        <message>
            <source>{effect} as measured</source>
            <translation>{effect}实测值</translation>
        </message>
        <message>
            <source>&lt;b&gt;How much {effect} the result has&lt;/b&gt;&lt;br&gt;Measured on a piece of the exact result near the middle of what is visible, by comparing it with what the plain operators make of everything else that was asked. Nothing is said where that piece cannot tell.</source>
            <translation>&lt;b&gt;结果中{effect}的实际强度&lt;/b&gt;&lt;br&gt;取可见区域中央附近的一块精确结果，与用普通算子处理其余设置所得的图像比较而测得。若该处无法判断，则不显示。</translation>
        </message>
        <message>
            <source>got {number}</source>
            <translation>实测 {number}</translation>
        </message>
        <message>
            <source>Pr&amp;esets</source>
            <translation>预设(&amp;E)</translation>
        </message>
        <message>
            <source>The settings have been copied; paste them to another photo.</source>
            <translation>设置已复制；可粘贴到其他照片。</translation>
        </message>
        <message>
            <source>There are no settings on the clipboard; copy those of a photo first.</source>
            <translation>剪贴板中没有设置；请先复制某张照片的设置。</translation>
        </message>
        <message>
            <source>Paste settings</source>
            <translation>粘贴设置</translation>
        </message>
        <message>
            <source>&amp;Save settings as preset…</source>
            <translation>将设置存为预设(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>导入(&amp;I)…</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>导出(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>保存预设</translation>
        </message>
        <message>
            <source>Name of the preset:</source>
            <translation>预设名称：</translation>
        </message>
        <message>
            <source>A preset “{preset}” exists already. Replace it?</source>
            <translation>已有名为“{preset}”的预设。要替换吗？</translation>
        </message>
        <message>
            <source>The preset “{preset}” has been saved.</source>
            <translation>预设“{preset}”已保存。</translation>
        </message>
        <message>
            <source>Delete the preset “{preset}”?</source>
            <translation>删除预设“{preset}”？</translation>
        </message>
        <message>
            <source>Import preset</source>
            <translation>导入预设</translation>
        </message>
        <message>
            <source>“{preset}” has been imported.</source>
            <translation>“{preset}”已导入。</translation>
        </message>
        <message>
            <source>Export preset</source>
            <translation>导出预设</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Settings under a name, to use again with any photo</source>
            <translation>以名称保存的设置，可用于任何照片</translation>
        </message>
        <message>
            <source>Roughly, without the model; in the corner at 100 %</source>
            <translation>粗略效果，未使用模型；角落为 100 %</translation>
        </message>
        <message>
            <source>Another grain, same photo</source>
            <translation>换一种颗粒，照片不变</translation>
        </message>
        <message>
            <source>Variants: several seeds or intensities side by side</source>
            <translation>变体：并排显示多个种子或强度</translation>
        </message>
        <message>
            <source>Variants side by side</source>
            <translation>并排显示变体</translation>
        </message>
        <message>
            <source>Draw another seed</source>
            <translation>更换种子</translation>
        </message>
        <message>
            <source>Keep the seed</source>
            <translation>保留种子</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Kept; click to let it change</source>
            <translation>已锁定；点击可允许更改</translation>
        </message>
        <message>
            <source>Keep this seed, also for the next photo</source>
            <translation>保留此种子，下一张照片也使用</translation>
        </message>
        <message>
            <source>The same seed gives the same grain, fill and automatic direction again</source>
            <translation>相同的种子产生相同的颗粒、填充和自动方向</translation>
        </message>
        <message>
            <source>The same seed gives the same fill and automatic direction again; grain has its own, {seed}</source>
            <translation>相同的种子产生相同的填充和自动方向；颗粒有自己的种子：{seed}</translation>
        </message>
        <message>
            <source>&amp;Save this value…</source>
            <translation>保存此数值(&amp;S)…</translation>
        </message>
        <message>
            <source>Re&amp;name</source>
            <translation>重命名(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>移除(&amp;R)</translation>
        </message>
        <message>
            <source>Name for {value}:</source>
            <translation>{value} 的名称：</translation>
        </message>
        <message>
            <source>Save value</source>
            <translation>保存数值</translation>
        </message>
        <message>
            <source>Rename value</source>
            <translation>重命名数值</translation>
        </message>
        <message>
            <source>New name:</source>
            <translation>新名称：</translation>
        </message>
        <message>
            <source>Remove the value “{name}”?</source>
            <translation>移除数值“{name}”？</translation>
        </message>
        <message>
            <source>A value “{name}” exists already. Replace it?</source>
            <translation>已有名为“{name}”的数值。要替换吗？</translation>
        </message>
        <message>
            <source>Values of {effect} under a name</source>
            <translation>{effect}的命名数值</translation>
        </message>
        <message>
            <source>Two effects at once</source>
            <translation>同时调节两种效果</translation>
        </message>
        <message>
            <source>Effect across</source>
            <translation>横向效果</translation>
        </message>
        <message>
            <source>Effect upward</source>
            <translation>纵向效果</translation>
        </message>
        <message>
            <source>Two at once</source>
            <translation>同时调节两种</translation>
        </message>
        <message>
            <source>A pad that moves two effects with one hand</source>
            <translation>一块可同时控制两种效果的面板</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>已折叠</translation>
        </message>
        <message>
            <source>Pad: {effects}</source>
            <translation>面板：{effects}</translation>
        </message>
        <message>
            <source>Drag or arrow keys move both · Double-click: defaults · Ctrl: fine · Shift: coarse</source>
            <translation>拖动或方向键同时调节 · 双击：默认值 · Ctrl：精细 · Shift：粗略</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <source>Zoom to the pointer</source>
            <translation>以指针为中心缩放</translation>
        </message>
        <message>
            <source>Space + drag, middle drag</source>
            <translation>空格 + 拖动、中键拖动</translation>
        </message>
        <message>
            <source>Move the photo</source>
            <translation>移动照片</translation>
        </message>
        <message>
            <source>Hold \</source>
            <translation>按住 \</translation>
        </message>
        <message>
            <source>See the original</source>
            <translation>查看原图</translation>
        </message>
        <message>
            <source>Hold Z</source>
            <translation>按住 Z</translation>
        </message>
        <message>
            <source>Loupe: the pixels at 100 %</source>
            <translation>放大镜：100 % 像素</translation>
        </message>
        <message>
            <source>Hold A over an effect</source>
            <translation>在效果上按住 A</translation>
        </message>
        <message>
            <source>See the photo without it</source>
            <translation>查看没有该效果的照片</translation>
        </message>
        <message>
            <source>Shift + click</source>
            <translation>Shift + 点击</translation>
        </message>
        <message>
            <source>Straight line from the last stroke</source>
            <translation>从上一笔画直线</translation>
        </message>
        <message>
            <source>Pen</source>
            <translation>手写笔</translation>
        </message>
        <message>
            <source>Pressure sets the size, the other end erases</source>
            <translation>压力控制大小，另一端为橡皮擦</translation>
        </message>
        <message>
            <source>Alt + lasso, polygon, rectangle</source>
            <translation>Alt + 套索、多边形、矩形</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>减去</translation>
        </message>
        <message>
            <source>Double-click, Enter</source>
            <translation>双击、回车</translation>
        </message>
        <message>
            <source>Close the polygon</source>
            <translation>闭合多边形</translation>
        </message>
        <message>
            <source>Backspace</source>
            <translation>退格键</translation>
        </message>
        <message>
            <source>Take back its last corner</source>
            <translation>撤回最后一个角点</translation>
        </message>
        <message>
            <source>Double-click a slider</source>
            <translation>双击滑块</translation>
        </message>
        <message>
            <source>Back to its default</source>
            <translation>恢复默认值</translation>
        </message>
        <message>
            <source>Ctrl / Shift on a slider</source>
            <translation>滑块上按 Ctrl / Shift</translation>
        </message>
        <message>
            <source>Finer / coarser</source>
            <translation>更精细 / 更粗略</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Pointer</source>
            <translation>指针</translation>
        </message>
        <message>
            <source>About fxdiffuse</source>
            <translation>关于 fxdiffuse</translation>
        </message>
        <message>
            <source>&lt;h3&gt;fxdiffuse {version}&lt;/h3&gt;&lt;p&gt;One diffusion model, five photographic effects, each on its own dial.&lt;/p&gt;&lt;p&gt;Works without a network; your photos stay on this computer.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</source>
            <translation>&lt;h3&gt;fxdiffuse {version}&lt;/h3&gt;&lt;p&gt;一个扩散模型，五种摄影效果，各有独立的控制。&lt;/p&gt;&lt;p&gt;无需联网；照片始终保存在本机。&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</translation>
        </message>
        <message>
            <source>No more hints; Help brings them back</source>
            <translation>不再提示；可在“帮助”中重新打开</translation>
        </message>
        <message>
            <source>No more hints</source>
            <translation>不再提示</translation>
        </message>
        <message>
            <source>{number} of {of}</source>
            <translation>{number} / {of}</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一条</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Hint {number} of {of}</source>
            <translation>提示 {number} / {of}</translation>
        </message>
        <message>
            <source>Drag a slider: the effect switches itself on, and the photo follows.</source>
            <translation>拖动滑块：效果会自动打开，照片随之变化。</translation>
        </message>
        <message>
            <source>Take the brush and paint over something in the photo: it goes.</source>
            <translation>用画笔涂抹照片中的某处：它就会消失。</translation>
        </message>
        <message>
            <source>Drop a picture here, or click one of those below: the photo takes its colors.</source>
            <translation>将图片拖放到此处，或点击下方的一张：照片会采用它的色彩。</translation>
        </message>
        <message>
            <source>Hold the \ key, or this button, to see the photo as it was.</source>
            <translation>按住 \ 键或此按钮，可查看照片原来的样子。</translation>
        </message>
        <message>
            <source>Page of the manual</source>
            <translation>手册页面</translation>
        </message>
        <message>
            <source>No page has this text.</source>
            <translation>没有页面包含此文字。</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>后退</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>前进</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>手册</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search the manual</source>
            <translation>搜索手册</translation>
        </message>
        <message>
            <source>Enter goes to the next place</source>
            <translation>按 Enter 键跳到下一处</translation>
        </message>
        <message>
            <source>Contents</source>
            <translation>目录</translation>
        </message>
        <message>
            <source>The manual is in English only.</source>
            <translation>手册只有英文版。</translation>
        </message>
        <message>
            <source>As opened</source>
            <translation>刚打开时</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Click a step to go back or forward to it</source>
            <translation>点击某一步可前往该步</translation>
        </message>
        <message>
            <source>A: {name}</source>
            <translation>A：{name}</translation>
        </message>
        <message>
            <source>B: {name}</source>
            <translation>B：{name}</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>快照</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>快照</translation>
        </message>
        <message>
            <source>Keep the settings as they are now, to come back to them</source>
            <translation>保存当前设置，以便日后返回</translation>
        </message>
        <message>
            <source>Ctrl+click two snapshots to see them on the sides of a line; click again to leave</source>
            <translation>按住 Ctrl 点击两个快照，可在分隔线两侧对比；再次点击退出</translation>
        </message>
        <message>
            <source>Click to go back to it · F2 or double-click: rename · Del: delete</source>
            <translation>点击：返回该快照 · F2 或双击：重命名 · Del：删除</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>重命名(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Compare</source>
            <translation>比较(&amp;C)</translation>
        </message>
        <message>
            <source>In use now</source>
            <translation>当前使用中</translation>
        </message>
        <message>
            <source>Click to take it · drag to move · wheel to zoom</source>
            <translation>点击：采用 · 拖动：移动 · 滚轮：缩放</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <source>The seed is locked; unlock it to see what other seeds would give.</source>
            <translation>种子已锁定；解锁后可查看其他种子的效果。</translation>
        </message>
        <message>
            <source>There is nothing to vary yet; switch an effect on first.</source>
            <translation>目前没有可变化的内容；请先打开一个效果。</translation>
        </message>
        <message>
            <source>Six</source>
            <translation>六张</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>换一批</translation>
        </message>
        <message>
            <source>What the variants differ in</source>
            <translation>变体之间的差别</translation>
        </message>
        <message>
            <source>Other seeds, or one effect weaker and stronger</source>
            <translation>其他种子，或某一效果的强弱变化</translation>
        </message>
        <message>
            <source>Six pictures instead of four</source>
            <translation>显示六张而非四张</translation>
        </message>
        <message>
            <source>Draw other seeds; the one in use stays</source>
            <translation>更换其他种子；使用中的保留</translation>
        </message>
        <message>
            <source>Leave without choosing (Esc)</source>
            <translation>不选择，直接退出 (Esc)</translation>
        </message>
        <message>
            <source>Leave the variants</source>
            <translation>退出变体</translation>
        </message>
        <message>
            <source>Variants</source>
            <translation>变体</translation>
        </message>
        <message>
            <source>Click one to take it</source>
            <translation>点击一张即可采用</translation>
        </message>
        <message>
            <source>Other seeds</source>
            <translation>其他种子</translation>
        </message>
        <message>
            <source>{effect}: weaker, stronger</source>
            <translation>{effect}：更弱、更强</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>示波器</translation>
        </message>
        <message>
            <source>Only files of this computer can be opened; save the picture first.</source>
            <translation>只能打开本机上的文件；请先保存图片。</translation>
        </message>
        <message>
            <source>Brush size in photo pixels ([ and ])</source>
            <translation>画笔大小，照片像素（[ 和 ]）</translation>
        </message>
        <message>
            <source>Brush size in px</source>
            <translation>画笔大小（px）</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>硬度</translation>
        </message>
        <message>
            <source>Share of the brush that covers in full; the rest fades (Shift+[ and Shift+])</source>
            <translation>画笔完全覆盖的比例，其余部分渐隐（Shift+[ 和 Shift+]）</translation>
        </message>
        <message>
            <source>Brush hardness in %</source>
            <translation>画笔硬度（%）</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>The most that one stroke covers; below 100 % the photo shows through the fill</source>
            <translation>单笔的最大覆盖；低于 100 % 时照片会透过填充显现</translation>
        </message>
        <message>
            <source>Brush opacity in %</source>
            <translation>画笔不透明度（%）</translation>
        </message>
        <message>
            <source>&amp;Mask</source>
            <translation>蒙版(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Brush</source>
            <translation>画笔(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Eraser</source>
            <translation>橡皮擦(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Lasso</source>
            <translation>套索(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Polygon</source>
            <translation>多边形(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Rectangle</source>
            <translation>矩形(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Move tool</source>
            <translation>移动工具(&amp;M)</translation>
        </message>
        <message>
            <source>Larger brush</source>
            <translation>增大画笔</translation>
        </message>
        <message>
            <source>Smaller brush</source>
            <translation>减小画笔</translation>
        </message>
        <message>
            <source>Harder brush</source>
            <translation>增加硬度</translation>
        </message>
        <message>
            <source>Softer brush</source>
            <translation>降低硬度</translation>
        </message>
        <message>
            <source>Pen pressure sets the si&amp;ze</source>
            <translation>笔压控制大小(&amp;Z)</translation>
        </message>
        <message>
            <source>&amp;Keep mask in sight</source>
            <translation>始终显示蒙版(&amp;K)</translation>
        </message>
        <message>
            <source>Paint over &amp;all</source>
            <translation>涂抹全部(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Invert mask</source>
            <translation>反转蒙版(&amp;I)</translation>
        </message>
        <message>
            <source>&amp;Clear mask</source>
            <translation>清除蒙版(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Grow mask</source>
            <translation>扩展蒙版(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Shrink mask</source>
            <translation>收缩蒙版(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Feather mask inward</source>
            <translation>向内羽化蒙版(&amp;F)</translation>
        </message>
        <message>
            <source>Feather mask &amp;to both sides</source>
            <translation>向两侧羽化蒙版(&amp;T)</translation>
        </message>
        <message>
            <source>L&amp;oad mask…</source>
            <translation>载入蒙版(&amp;O)…</translation>
        </message>
        <message>
            <source>Sa&amp;ve mask…</source>
            <translation>保存蒙版(&amp;V)…</translation>
        </message>
        <message>
            <source>Paint over what should go (B)</source>
            <translation>涂抹要去除的部分 (B)</translation>
        </message>
        <message>
            <source>Take paint away (E)</source>
            <translation>擦去涂抹 (E)</translation>
        </message>
        <message>
            <source>Lasso (L): draw around what should go; Alt takes away</source>
            <translation>套索 (L)：圈出要去除的部分；按 Alt 减去</translation>
        </message>
        <message>
            <source>Polygon (P): click its corners, double-click or Enter closes it; Alt takes away</source>
            <translation>多边形 (P)：逐个点击角点，双击或回车闭合；按 Alt 减去</translation>
        </message>
        <message>
            <source>Rectangle (M): drag from corner to corner; Alt takes away</source>
            <translation>矩形 (M)：从一角拖到另一角；按 Alt 减去</translation>
        </message>
        <message>
            <source>Keep the mask in sight (O)</source>
            <translation>始终显示蒙版 (O)</translation>
        </message>
        <message>
            <source>Paint over the whole photo</source>
            <translation>涂抹整张照片</translation>
        </message>
        <message>
            <source>Invert the mask (Ctrl+I)</source>
            <translation>反转蒙版 (Ctrl+I)</translation>
        </message>
        <message>
            <source>Clear the mask (Ctrl+Backspace)</source>
            <translation>清除蒙版 (Ctrl+Backspace)</translation>
        </message>
        <message>
            <source>Load a mask from a file</source>
            <translation>从文件载入蒙版</translation>
        </message>
        <message>
            <source>Save the mask as a PNG</source>
            <translation>将蒙版存为 PNG</translation>
        </message>
        <message>
            <source>Grow the mask by the amount on the right</source>
            <translation>按右侧数值扩展蒙版</translation>
        </message>
        <message>
            <source>Shrink the mask by the amount on the right</source>
            <translation>按右侧数值收缩蒙版</translation>
        </message>
        <message>
            <source>Feather the mask: fade its edge over the amount on the right, inside what is painted</source>
            <translation>羽化蒙版：边缘按右侧数值在已涂抹区域内渐隐</translation>
        </message>
        <message>
            <source>Masks</source>
            <translation>蒙版</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>Nothing is painted yet; there is no mask to save.</source>
            <translation>尚未涂抹；没有可保存的蒙版。</translation>
        </message>
        <message>
            <source>Save mask</source>
            <translation>保存蒙版</translation>
        </message>
        <message>
            <source>Amount to grow, shrink or feather by, in photo pixels</source>
            <translation>扩展、收缩或羽化的数值，照片像素</translation>
        </message>
        <message>
            <source>1 to {most} photo pixels</source>
            <translation>1 到 {most} 照片像素</translation>
        </message>
        <message>
            <source>by</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>红色</translation>
        </message>
        <message>
            <source>Orange</source>
            <translation>橙色</translation>
        </message>
        <message>
            <source>Yellow</source>
            <translation>黄色</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿色</translation>
        </message>
        <message>
            <source>Cyan</source>
            <translation>青色</translation>
        </message>
        <message>
            <source>Violet</source>
            <translation>紫色</translation>
        </message>
        <message>
            <source>White</source>
            <translation>白色</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑色</translation>
        </message>
        <message>
            <source>Color of the mask's overlay</source>
            <translation>蒙版叠加颜色</translation>
        </message>
        <message>
            <source>&amp;Other…</source>
            <translation>其他(&amp;O)…</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Paste picture</source>
            <translation>粘贴图片(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Go on with an export…</source>
            <translation>继续编辑导出的图片(&amp;G)…</translation>
        </message>
        <message>
            <source>S&amp;ave project as…</source>
            <translation>项目另存为(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Keep photo in project</source>
            <translation>将照片存入项目(&amp;K)</translation>
        </message>
        <message>
            <source>E&amp;dit a folder…</source>
            <translation>批量编辑文件夹(&amp;D)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Clear the list</source>
            <translation>清空列表(&amp;C)</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>暂无</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>Take s&amp;napshot</source>
            <translation>拍摄快照(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Copy settings</source>
            <translation>复制设置(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Paste settings</source>
            <translation>粘贴设置(&amp;P)</translation>
        </message>
        <message>
            <source>Another &amp;seed</source>
            <translation>更换种子(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Variants…</source>
            <translation>变体(&amp;V)…</translation>
        </message>
        <message>
            <source>Reset &amp;all</source>
            <translation>全部重置(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Stop computing</source>
            <translation>停止计算(&amp;S)</translation>
        </message>
        <message>
            <source>Compute a&amp;gain</source>
            <translation>重新计算(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Models…</source>
            <translation>模型(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Fit</source>
            <translation>适合窗口(&amp;F)</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>缩小(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Compare with original</source>
            <translation>与原图比较(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Split with original</source>
            <translation>与原图分屏(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Turn the split</source>
            <translation>旋转分屏(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Loupe at the pointer</source>
            <translation>指针处放大镜(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;Manual</source>
            <translation>手册(&amp;M)</translation>
        </message>
        <message>
            <source>Show &amp;hints</source>
            <translation>显示提示(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;About fxdiffuse</source>
            <translation>关于 fxdiffuse(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L) (Language)</translation>
        </message>
        <message>
            <source>The language changes when fxdiffuse is started the next time.</source>
            <translation>语言将在下次启动 fxdiffuse 时更改。</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Match a look</source>
            <translation>匹配风格</translation>
        </message>
        <message>
            <source>Match “{name}”</source>
            <translation>匹配“{name}”</translation>
        </message>
        <message>
            <source>The sliders are set to what is estimated from another photo.</source>
            <translation>根据从另一张照片中测得的结果设置滑块。</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Choose a photo to match</source>
            <translation>选择要匹配的照片</translation>
        </message>
        <message>
            <source>Looking at the photo…</source>
            <translation>正在分析照片…</translation>
        </message>
        <message>
            <source>Photo to match: {name}</source>
            <translation>要匹配的照片：{name}</translation>
        </message>
        <message>
            <source>&amp;Match a look…</source>
            <translation>匹配风格(&amp;M)…</translation>
        </message>
        <message>
            <source>Match</source>
            <translation>匹配</translation>
        </message>
        <message>
            <source>Set the sliders to the look of another photo</source>
            <translation>按另一张照片的风格设置滑块</translation>
        </message>
        <message>
            <source>The photo becomes the reference.</source>
            <translation>该照片将成为参考图。</translation>
        </message>
        <message>
            <source>Sure: the color channels have noise of their own.</source>
            <translation>确定：各颜色通道有各自的噪点。</translation>
        </message>
        <message>
            <source>A guess: compression has changed the noise, and fine detail is taken for some.</source>
            <translation>估计：压缩改变了噪点，部分细节也被当作噪点。</translation>
        </message>
        <message>
            <source>A guess: noise this faint says little of the grains, and may be the camera's.</source>
            <translation>估计：如此微弱的噪点难以反映颗粒，也可能来自相机。</translation>
        </message>
        <message>
            <source>None seen; the file's compression may have taken it away.</source>
            <translation>未发现；可能已被文件压缩去除。</translation>
        </message>
        <message>
            <source>None seen.</source>
            <translation>未发现。</translation>
        </message>
        <message>
            <source>Cannot be told: the photo is too small, or nearly all black or white.</source>
            <translation>无法判断：照片太小，或几乎全黑或全白。</translation>
        </message>
        <message>
            <source>Sure: every part of the photo shows the same.</source>
            <translation>确定：照片各部分结果一致。</translation>
        </message>
        <message>
            <source>A guess: not every part of the photo shows the same; it may be a pattern in it.</source>
            <translation>估计：照片各部分结果不一；可能是画面中的图案。</translation>
        </message>
        <message>
            <source>None seen; a path below 4 px cannot be told.</source>
            <translation>未发现；小于 4 px 的路径无法判断。</translation>
        </message>
        <message>
            <source>Cannot be told: the photo is too small.</source>
            <translation>无法判断：照片太小。</translation>
        </message>
        <message>
            <source>A guess, often far off: one photo does not tell sharpening from a crisp lens.</source>
            <translation>估计，往往偏差较大：单凭一张照片无法区分锐化与锐利的镜头。</translation>
        </message>
        <message>
            <source>No sign of it; one photo hardly tells.</source>
            <translation>没有迹象；单凭一张照片很难判断。</translation>
        </message>
        <message>
            <source>Cannot be told: grain, motion blur or the size hide it.</source>
            <translation>无法判断：被颗粒、动态模糊或尺寸掩盖。</translation>
        </message>
        <message>
            <source>Main colors of the reference</source>
            <translation>参考图的主要颜色</translation>
        </message>
        <message>
            <source>In this project</source>
            <translation>此项目中</translation>
        </message>
        <message>
            <source>Photos opened last</source>
            <translation>最近打开的照片</translation>
        </message>
        <message>
            <source>No other photo was opened yet</source>
            <translation>尚未打开其他照片</translation>
        </message>
        <message>
            <source>Use another photo: one opened last, or a reference of this project</source>
            <translation>使用其他照片：最近打开的照片或此项目中的参考图</translation>
        </message>
        <message>
            <source>Use another photo as reference</source>
            <translation>将其他照片用作参考图</translation>
        </message>
        <message>
            <source>Choose a reference picture</source>
            <translation>选择参考图</translation>
        </message>
        <message>
            <source>{name} is no longer in {folder}; right-click it to look for it or to remove it.</source>
            <translation>{name} 已不在 {folder} 中；右键点击可查找或移除。</translation>
        </message>
        <message>
            <source>Where is {name}?</source>
            <translation>{name} 在哪里？</translation>
        </message>
        <message>
            <source>Use {name} as reference</source>
            <translation>将 {name} 用作参考图</translation>
        </message>
        <message>
            <source>{name} is missing</source>
            <translation>缺少 {name}</translation>
        </message>
        <message>
            <source>Look for it…</source>
            <translation>查找…</translation>
        </message>
        <message>
            <source>No favorite any more</source>
            <translation>取消收藏</translation>
        </message>
        <message>
            <source>Keep as a favorite</source>
            <translation>加入收藏</translation>
        </message>
        <message>
            <source>Remove from this list</source>
            <translation>从列表中移除</translation>
        </message>
        <message>
            <source>{name} is no longer in {folder}&lt;br&gt;Right-click to look for it or to remove it</source>
            <translation>{name} 已不在 {folder} 中&lt;br&gt;右键点击可查找或移除</translation>
        </message>
        <message>
            <source>{name} (sample)</source>
            <translation>{name}（示例）</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>直方图</translation>
        </message>
        <message>
            <source>how many pixels have each level</source>
            <translation>各级亮度的像素数量</translation>
        </message>
        <message>
            <source>Waveform</source>
            <translation>波形图</translation>
        </message>
        <message>
            <source>brightness, place by place from left to right</source>
            <translation>从左到右各处的亮度</translation>
        </message>
        <message>
            <source>RGB parade</source>
            <translation>RGB 分量图</translation>
        </message>
        <message>
            <source>red, green and blue, each from left to right</source>
            <translation>红、绿、蓝各通道，从左到右</translation>
        </message>
        <message>
            <source>Share of pixels without detail in the shadows</source>
            <translation>阴影中没有细节的像素比例</translation>
        </message>
        <message>
            <source>Share of pixels without detail in the highlights</source>
            <translation>高光中没有细节的像素比例</translation>
        </message>
        <message>
            <source>&amp;Appearance</source>
            <translation>外观(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>原图</translation>
        </message>
        <message>
            <source>Hold to see the original (or hold \)</source>
            <translation>按住可查看原图（或按住 \）</translation>
        </message>
        <message>
            <source>Hold to see the original</source>
            <translation>按住可查看原图</translation>
        </message>
        <message>
            <source>Drop a picture here, or choose one</source>
            <translation>将图片拖放到此处，或点击选择</translation>
        </message>
        <message>
            <source>Remove the reference</source>
            <translation>移除参考图</translation>
        </message>
        <message>
            <source>Reference: {name}</source>
            <translation>参考图：{name}</translation>
        </message>
        <message>
            <source>{name}&lt;br&gt;Click to choose another picture</source>
            <translation>{name}&lt;br&gt;点击可选择其他图片</translation>
        </message>
        <message>
            <source>{name} exists already. Replace it?</source>
            <translation>{name} 已存在。要替换吗？</translation>
        </message>
        <message>
            <source>{seconds} s left</source>
            <translation>剩余 {seconds} 秒</translation>
        </message>
        <message>
            <source>{minutes} min {seconds} s left</source>
            <translation>剩余 {minutes} 分 {seconds} 秒</translation>
        </message>
        <message>
            <source>{size} bytes</source>
            <translation>{size} 字节</translation>
        </message>
        <message>
            <source>Inpaint</source>
            <translation>修补</translation>
        </message>
        <message>
            <source>inpaint</source>
            <translation>修补</translation>
        </message>
        <message>
            <source>Fills what is painted over.</source>
            <translation>填充涂抹的部分。</translation>
        </message>
        <message>
            <source>Color transfer</source>
            <translation>色彩迁移</translation>
        </message>
        <message>
            <source>color transfer</source>
            <translation>色彩迁移</translation>
        </message>
        <message>
            <source>Gives the photo the colors of a reference picture.</source>
            <translation>让照片呈现参考图的色彩。</translation>
        </message>
        <message>
            <source>Motion blur</source>
            <translation>动态模糊</translation>
        </message>
        <message>
            <source>motion blur</source>
            <translation>动态模糊</translation>
        </message>
        <message>
            <source>Length of the path a point travels during the exposure.</source>
            <translation>曝光期间一个点移动的路径长度。</translation>
        </message>
        <message>
            <source>Sharpen</source>
            <translation>锐化</translation>
        </message>
        <message>
            <source>sharpen</source>
            <translation>锐化</translation>
        </message>
        <message>
            <source>Amount of the unsharp mask.</source>
            <translation>USM 锐化的强度。</translation>
        </message>
        <message>
            <source>Film grain</source>
            <translation>胶片颗粒</translation>
        </message>
        <message>
            <source>film grain</source>
            <translation>胶片颗粒</translation>
        </message>
        <message>
            <source>Radius of the film grains.</source>
            <translation>胶片颗粒的半径。</translation>
        </message>
        <message>
            <source>Fine film</source>
            <translation>细腻胶片</translation>
        </message>
        <message>
            <source>Pushed film</source>
            <translation>增感胶片</translation>
        </message>
        <message>
            <source>Crisp</source>
            <translation>清晰锐利</translation>
        </message>
    </context>
</TS>
